// Starts the same program beside the page, without a document, and hands it every
// message that follows the first one, which brings the compiled module.
// Hosted it runs as a module worker; in the single file it follows the glue's text.
(function () {
  'use strict';

  var waiting = [];
  var first = true;

  self.addEventListener('message', receive);

  function receive(event) {
    if (first) {
      first = false;
      start(event.data).then(handOver, stop);
    } else {
      // Comes before the program listens; kept in order until it does.
      waiting.push(event);
    }
  }

  function start(message) {
    var ready = message.js
      ? import(message.js).then(function (glue) { return glue.default; })
      : Promise.resolve(wasm_bindgen);
    return ready.then(function (run) { return run({ module_or_path: message.module }); });
  }

  function handOver() {
    self.removeEventListener('message', receive);
    waiting.forEach(function (event) {
      self.dispatchEvent(new MessageEvent('message', { data: event.data, ports: event.ports }));
    });
    waiting = [];
  }

  // Thrown outside the promise, so that the page hears it as the worker's error.
  function stop(error) {
    setTimeout(function () { throw error; });
  }
})();
