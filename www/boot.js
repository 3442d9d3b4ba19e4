// Starts Certwright: loads the program, mounts it, and says in words why it could not.
// Serves both editions; the single file holds the program, the hosted page fetches it.
(function () {
  'use strict';

  var NEEDS = 'Certwright needs Chrome or Edge 99, Firefox 113, Safari 16.4, or newer.';
  var SLOW_AFTER_MS = 4000;
  var script = document.currentScript;
  var embedded = document.getElementById('wasm');
  var edition = embedded ? singleFile() : hosted();
  var started = false;

  // The one Trusted Types policy: only this edition's worker may become a script address.
  var policy = window.trustedTypes
    ? window.trustedTypes.createPolicy('certwright', {
        createScriptURL: function (url) {
          if (url === edition.workerUrl) return url;
          throw new TypeError('refused script address');
        },
      })
    : { createScriptURL: function (url) { return url; } };

  var slow = setTimeout(function () {
    say('Still loading. The program is a few megabytes; a slow connection can take a while.');
  }, SLOW_AFTER_MS);

  whenParsed(function () {
    var missing = missingFeature();
    if (missing) return fail(missing, null);
    try {
      edition.load().then(function (loaded) {
        offerWorkers(loaded.module);
        return loaded.start({ module_or_path: loaded.module });
      }).then(function () {
        started = true;
        clearTimeout(slow);
      }).catch(explain);
    } catch (error) {
      explain(error);
    }
  });

  /** The page's own files, fetched once and checked against their digests. */
  function hosted() {
    var data = script.dataset;
    var absolute = function (path) { return new URL(path, document.baseURI).href; };
    return {
      workerUrl: absolute(data.worker),
      workerOptions: { type: 'module', name: 'certwright' },
      workerGlue: absolute(data.workerJs || data.js),
      // Without a program of its own the worker runs the page's, which then holds both.
      loadWorker: data.workerWasm
        ? function () { return program(absolute(data.workerWasm), data.workerWasmIntegrity); }
        : null,
      load: function () {
        // Both downloads start before either is waited for.
        var glue = import(absolute(data.js));
        var module = program(absolute(data.wasm), data.wasmIntegrity);
        return Promise.all([glue, module]).then(function (both) {
          return { start: both[0].default, module: both[1] };
        });
      },
    };
  }

  function program(url, integrity) {
    return fetch(url, integrity ? { integrity: integrity } : {}).then(function (response) {
      if (!response.ok) throw new Error('the server answered ' + response.status + ' for the program');
      // Streaming needs the right media type, which not every file server sends.
      var type = response.headers.get('content-type') || '';
      return type.indexOf('application/wasm') === 0
        ? WebAssembly.compileStreaming(response)
        : response.arrayBuffer().then(function (bytes) { return WebAssembly.compile(bytes); });
    });
  }

  /** Everything lies in this document; nothing is fetched. */
  function singleFile() {
    var text = function (id) { return document.getElementById(id).textContent; };
    var source = text('glue') + '\n' + JSON.parse(text('worker-source'));
    return {
      workerUrl: URL.createObjectURL(new Blob([source], { type: 'text/javascript' })),
      workerOptions: { name: 'certwright' },
      workerGlue: null,
      loadWorker: null,
      load: function () {
        var packed = decodeBase64(embedded.textContent.trim());
        embedded.remove();
        var stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
        return new Response(stream).arrayBuffer()
          .then(function (bytes) { return WebAssembly.compile(bytes); })
          .then(function (module) { return { start: wasm_bindgen, module: module }; });
      },
    };
  }

  /** The modules stay in this closure; the page only gets a way to run a worker beside it. */
  function offerWorkers(pageModule) {
    var module = edition.loadWorker ? null : Promise.resolve(pageModule);
    Object.defineProperty(window, 'certwrightSpawnWorker', {
      value: function certwrightSpawnWorker() {
        var worker = new Worker(policy.createScriptURL(edition.workerUrl), edition.workerOptions);
        // Fetched for the first worker, which starts with the page; kept for those that follow.
        module = module || edition.loadWorker();
        module.then(function (module) {
          worker.postMessage({ js: edition.workerGlue, module: module });
        }, function (error) {
          module = null;
          worker.dispatchEvent(new ErrorEvent('error', {
            message: 'its program could not be loaded (' + error.message + ')', cancelable: true,
          }));
        });
        return worker;
      },
    });
  }

  function decodeBase64(text) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
    var binary = atob(text);
    var bytes = new Uint8Array(binary.length);
    for (var i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  function missingFeature() {
    if (typeof WebAssembly !== 'object' || typeof WebAssembly.compile !== 'function') {
      return 'WebAssembly is switched off or missing in this browser. A strict security mode or a policy of your organisation can do that.';
    }
    // A module that only declares a function returning an external reference.
    var probe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 111]);
    if (!WebAssembly.validate(probe)) return 'This browser is too old. ' + NEEDS;
    if (embedded && typeof DecompressionStream !== 'function') return 'This browser is too old. ' + NEEDS;
    return null;
  }

  function explain(error) {
    var name = error && error.name;
    if (name === 'CompileError' && /unsafe-eval|Content Security Policy/i.test(String(error.message))) {
      fail('WebAssembly is blocked by a content security policy that was added to this page.', error);
    } else if (name === 'CompileError' || name === 'LinkError') {
      fail('This browser could not use the program. ' + NEEDS, error);
    } else if (name === 'RuntimeError') {
      fail('The program stopped while starting. Please reload the page; your vault is not touched.', error);
    } else {
      fail('The program could not be loaded. Reload the page; if it stays like this, the connection, a blocker, or a file that was changed on the way is the reason.', error);
    }
  }

  function fail(message, error) {
    clearTimeout(slow);
    if (started) return;
    if (error) console.error(error);
    say(message, error ? String(error) : null);
  }

  function say(message, detail) {
    if (started) return;
    var root = document.getElementById('app') || document.body;
    var place = document.getElementById('boot-message');
    if (!place) {
      place = document.createElement('p');
      place.id = 'boot-message';
      place.setAttribute('role', 'alert');
      root.replaceChildren(place);
    }
    place.textContent = message;
    if (detail) {
      var code = document.createElement('code');
      code.textContent = detail;
      place.append(document.createElement('br'), code);
    }
  }

  function whenParsed(run) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run);
    else run();
  }
})();
