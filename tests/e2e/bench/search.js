// Types each query into the search field and takes the time until the list has followed: the next frame after the words
// about how many fit have changed.
const [queries, done] = arguments;

(async () => {
  const field = document.querySelector('#opened-search');
  const status = () => document.querySelector('[aria-labelledby=found-title] p[role=status]').textContent;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const taken = [];
  for (const query of queries) {
    const before = status();
    await frame();
    const began = performance.now();
    set.call(field, query);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    while (status() === before && performance.now() - began < 5000) await frame();
    taken.push(performance.now() - began);
  }
  return taken;
})().then(done, (error) => done({ error: String(error) }));
