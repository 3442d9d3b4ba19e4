// Sends the same job to a worker of the page's own again and again, in turn with bare WebCrypto.
const [kind, message, rounds, done] = arguments;
const ALGORITHMS = {
  'ECDSA P-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'ECDSA P-384': { name: 'ECDSA', namedCurve: 'P-384' },
  'Ed25519': { name: 'Ed25519' },
};
const bits = /^RSA (\d+)$/.exec(kind);
const algorithm = bits
  ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: +bits[1], publicExponent: new Uint8Array([1, 0, 1]) }
  : ALGORITHMS[kind];

(async () => {
  const worker = window.benchWorker ??= await new Promise((ready) => {
    const made = certwrightSpawnWorker();
    made.onmessage = ({ data }) => { if (Array.isArray(data) && data[0] === 'ready') ready(made); };
  });
  const job = Uint8Array.from(message);
  let ticket = 1000;
  const ours = () => new Promise((ended, failed) => {
    ticket += 1;
    worker.onmessage = ({ data }) => { if (data[0] === 'ended' && data[1] === ticket) (data[3] && data[3].length === 1 ? ended : failed)(); };
    worker.postMessage(['job', ticket, job.slice(), []]);
  });
  const bare = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const timed = async (make) => { const began = performance.now(); await make(); return performance.now() - began; };
  const taken = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const who of round % 2 ? ['ours', 'bare'] : ['bare', 'ours']) taken[who].push(await timed(who === 'ours' ? ours : bare));
  }
  return taken;
})().then(done, (error) => done({ error: String(error) }));
