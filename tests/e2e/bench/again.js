// Sends jobs that the page gave its worker to a worker of their own, while the page has nothing to do: what they take
// there from order to answer, all parts of the answer included.
const [messages, rounds, done] = arguments;

(async () => {
  const worker = window.benchWorker ??= await new Promise((ready) => {
    const made = certwrightSpawnWorker();
    made.onmessage = ({ data }) => { if (Array.isArray(data) && data[0] === 'ready') ready(made); };
  });
  const jobs = messages.map((index) => noted.jobs[index]);
  let ticket = 5000;
  const run = (job) => new Promise((ended) => {
    ticket += 1;
    worker.onmessage = ({ data }) => { if (data[0] === 'ended' && data[1] === ticket) ended(); };
    worker.postMessage(['job', ticket, job.order.slice(), [], job.files.map((file) => file.slice())]);
  });
  const taken = [];
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const job of jobs) {
      const began = performance.now();
      await run(job);
      sum += performance.now() - began;
    }
    taken.push(sum);
  }
  return taken;
})().then(done, (error) => done({ error: String(error) }));
