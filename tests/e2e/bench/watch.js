// Put into the page before its own scripts: notes when it can be used, what goes to the worker and back, and each task
// of more than 50 ms on the page's thread.
(function () {
  'use strict';
  const noted = { usable: null, jobs: [], tasks: [], finished: null, clicked: null };
  window.noted = noted;

  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) noted.tasks.push([task.startTime, task.duration]);
  }).observe({ type: 'longtask', buffered: true });

  new MutationObserver((_, observer) => {
    if (!document.querySelector('#main button')) return;
    noted.usable = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });

  const heard = new WeakSet();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, transfer) {
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', ({ data }) => {
        if (!Array.isArray(data) || data[0] !== 'ended') return;
        const job = noted.jobs.findLast((one) => one.ticket === data[1]);
        if (job) job.ended = performance.now();
      });
    }
    if (Array.isArray(message) && message[0] === 'job') {
      noted.jobs.push({
        ticket: message[1],
        order: message[2].slice(),
        files: (message[4] ?? []).map((file) => file.slice()),
        sent: performance.now(),
      });
    }
    return post.call(this, message, transfer);
  };

  // From the click on a button to the words that say that all is done and kept.
  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('button');
    if (!button || !button.textContent.startsWith('Issue all')) return;
    noted.clicked = performance.now();
    const look = setInterval(() => {
      const done = [...document.querySelectorAll('section > p')].some((p) => p.textContent.startsWith('Finished:'));
      if (!done) return;
      clearInterval(look);
      noted.finished = performance.now();
    }, 5);
  }, true);
})();
