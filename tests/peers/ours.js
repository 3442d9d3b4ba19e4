// Certwright as a contestant of the peers' harness: put into its adapters/ by `cargo xtask bench peers`.
// The module decodes everything in one call and hands it over as one string; splitting that is all that is done here.
import start, { Authority, RevocationList, generateKey, parseCertificate, parseRequest, readPkcs12, verifyChain, writePkcs12 } from '../dist/ours/ours.js';
import { NB, NA } from './util.js';

const WASM = 'dist/bench/ours_bg.wasm';
const KINDS = { 'RSA-2048': 'RSA 2048', 'RSA-3072': 'RSA 3072', 'RSA-4096': 'RSA 4096', 'P-256': 'ECDSA P-256', 'P-384': 'ECDSA P-384', Ed25519: 'Ed25519' };
const seconds = (date) => Math.floor(date.getTime() / 1000);
const FROM = seconds(NB), TO = seconds(NA);

/** From the server in a browser; from the disk where the outputs are checked without one. */
async function program() {
  if (typeof document !== 'undefined') return fetch('/' + WASM);
  const files = await import(['node', 'fs'].join(':'));
  return files.readFileSync(WASM);
}

export default {
  id: 'ours', title: 'Certwright', crypto: 'WebCrypto',
  keyAlgs: Object.keys(KINDS), certAlgs: ['P-256', 'RSA-2048'],
  async load() { await start({ module_or_path: await program() }); },
  parseCert(der) {
    const fields = parseCertificate(der).split('\x1f');
    const exts = [];
    for (let at = 7; at < fields.length; at += 3) exts.push({ oid: fields[at], critical: fields[at + 1] === '1', value: fields[at + 2] });
    return { subject: fields[0], issuer: fields[1], serial: fields[2], nb: fields[3] * 1000, na: fields[4] * 1000, key: fields[5], sans: fields[6] ? fields[6].split('\x1e') : [], exts };
  },
  generateKey: (alg) => generateKey(KINDS[alg]),
  createCsr: (key, commonName, names) => key.request(commonName, names),
  parseCsr: (der) => ({ subject: parseRequest(der) }),
  loadCa: ({ certDer, pkcs8 }) => new Authority(certDer, pkcs8),
  issue: (ca, request, serial) => ca.issue(request, serial, FROM, TO),
  verifyChain: ([leaf, issuer, root], date) => verifyChain(leaf, issuer, root, seconds(date)),
  pkcs12Export: ({ pkcs8, certs, password, iterations }) => writePkcs12(pkcs8, certs, password, iterations),
  pkcs12Import(der, password) { const [keys, certs] = readPkcs12(der, password); return { keys, certs }; },
  crlCreate(ca, entries) {
    const serials = new Uint8Array(16 * entries.length), dates = new Float64Array(entries.length), reasons = new Uint8Array(entries.length);
    entries.forEach((entry, at) => { serials.set(entry.serial, 16 * at); dates[at] = seconds(entry.date); reasons[at] = entry.reason; });
    return ca.revocationList(serials, dates, reasons, FROM, TO);
  },
  crlParse(der) { const list = new RevocationList(der); return { count: list.count, sum: list.sum, last: list.last, handle: list }; },
};
