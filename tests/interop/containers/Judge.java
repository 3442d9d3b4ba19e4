// What Java's own library makes of key files and of PKCS#7: run by `java.rs` as a single file.

import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.spec.*;
import javax.crypto.*;
import javax.crypto.spec.PBEKeySpec;

public class Judge {
    static byte[] read(String name) throws Exception {
        return Files.readAllBytes(Path.of(name));
    }

    static void write(String name, byte[] octets) throws Exception {
        Files.write(Path.of(name), octets);
    }

    static KeySpec decrypted(byte[] file, char[] password) throws Exception {
        var sealed = new EncryptedPrivateKeyInfo(file);
        var parameters = sealed.getAlgParameters();
        var key = SecretKeyFactory.getInstance(parameters.toString()).generateSecret(new PBEKeySpec(password));
        var cipher = Cipher.getInstance(parameters.toString());
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        return sealed.getKeySpec(cipher);
    }

    static byte[] encrypted(PrivateKey key, char[] password) throws Exception {
        var scheme = "PBEWithHmacSHA256AndAES_256";
        var cipher = Cipher.getInstance(scheme);
        cipher.init(Cipher.ENCRYPT_MODE, SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password)));
        // Only under the name of the standard does it find the identifier.
        var parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    }

    static void prove(String algorithm, PrivateKey key, PublicKey half) throws Exception {
        var signature = Signature.getInstance(switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        });
        if (algorithm.equals("RSASSA-PSS")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        var message = "proof".getBytes();
        signature.initSign(key);
        signature.update(message);
        var signed = signature.sign();
        signature.initVerify(half);
        signature.update(message);
        if (!signature.verify(signed)) throw new SignatureException("the halves do not belong together");
    }

    // keys ALGORITHM PASSWORD: plain.p8, sealed.p8, public.der and leaf.cer in the folder
    static void keys(String algorithm, char[] password) throws Exception {
        var factory = KeyFactory.getInstance(algorithm);
        var plain = factory.generatePrivate(new PKCS8EncodedKeySpec(read("plain.p8")));
        var sealed = factory.generatePrivate(decrypted(read("sealed.p8"), password));
        var half = factory.generatePublic(new X509EncodedKeySpec(read("public.der")));
        var certificates = CertificateFactory.getInstance("X.509");
        var leaf = (X509Certificate) certificates.generateCertificate(Files.newInputStream(Path.of("leaf.cer")));
        prove(algorithm, plain, half);
        prove(algorithm, sealed, leaf.getPublicKey());
        write("java.p8", plain.getEncoded());
        write("java.sealed.p8", encrypted(plain, password));
        write("java.public.der", half.getEncoded());
        System.out.println(plain.getAlgorithm() + " " + plain.getFormat() + " " + leaf.getSubjectX500Principal());
    }

    // bundle FILE: certificates and revocation lists of a PKCS#7 file; the former again as Java's own
    static void bundle(String name) throws Exception {
        var factory = CertificateFactory.getInstance("X.509");
        var chain = new java.util.ArrayList<java.security.cert.Certificate>();
        for (var one : factory.generateCertificates(Files.newInputStream(Path.of(name)))) {
            System.out.println("certificate " + ((X509Certificate) one).getSubjectX500Principal());
            chain.add(one);
        }
        write("java.p7b", factory.generateCertPath(chain).getEncoded("PKCS7"));
        for (var one : factory.generateCRLs(Files.newInputStream(Path.of(name)))) {
            var list = (X509CRL) one;
            var entries = list.getRevokedCertificates();
            System.out.println("list " + list.getIssuerX500Principal() + " " + (entries == null ? 0 : entries.size()));
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "keys" -> keys(arguments[1], arguments[2].toCharArray());
            default -> bundle(arguments[1]);
        }
    }
}
