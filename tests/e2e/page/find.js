// Finds what a person would mean by a name. Arguments: the names of the regions to
// look in (outermost first), the kind of thing, its name. Returns the visible things
// that bear exactly this name, or else those whose name holds it.
const [regions, kind, wanted] = arguments;

const CONTROLS = 'input:not([type=hidden]), select, textarea';
const KINDS = {
  button: 'button:not([role]), [role=button], input[type=submit], input[type=button], summary',
  link: 'a[href], [role=link]',
  tab: '[role=tab]',
  menuitem: '[role^=menuitem]',
  field: `${CONTROLS}, [role=textbox], [role=combobox], [role=spinbutton], [contenteditable=true]`,
  choice: 'input[type=radio], input[type=checkbox], [role=radio], [role=checkbox], [role=switch], [role=option]',
  group: 'fieldset, [role=radiogroup], [role=group], [role=listbox]',
  file: 'input[type=file]',
};
KINDS.any = [KINDS.button, KINDS.link, KINDS.tab, KINDS.menuitem, KINDS.field, KINDS.choice].join(', ');
const REGIONS = 'dialog, section, article, aside, nav, main, form, fieldset, table, tr, li, details, ul[aria-label], ol[aria-label], [role]';

const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();

function textWithoutControls(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(`[aria-hidden=true], script, style, ${CONTROLS}`).forEach((part) => part.remove());
  copy.querySelectorAll('img[alt], svg[aria-label]').forEach((image) => {
    image.replaceWith(image.getAttribute('alt') ?? image.getAttribute('aria-label'));
  });
  return squeeze(copy.textContent);
}

function nameOf(element) {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy) {
    const parts = labelledBy.split(/\s+/).map((id) => document.getElementById(id));
    return squeeze(parts.filter(Boolean).map(textWithoutControls).join(' '));
  }
  if (element.getAttribute('aria-label')) return squeeze(element.getAttribute('aria-label'));
  if (element.labels?.length) return squeeze([...element.labels].map(textWithoutControls).join(' '));
  if (element.matches('fieldset')) return textWithoutControls(element.querySelector('legend') ?? document.createElement('i'));
  if (element.matches('table')) return textWithoutControls(element.caption ?? document.createElement('i'));
  if (element.matches('input[type=submit], input[type=button]')) return squeeze(element.value);
  if (element.matches(CONTROLS)) return squeeze(element.title || element.placeholder);
  return textWithoutControls(element) || squeeze(element.title);
}

// A region without a name of its own is called by its first heading, a row or a list
// item by what it holds, the main part of the page `main` as well.
function regionNames(element) {
  const names = element.matches('main') ? ['main'] : [];
  if (element.matches('tr, li, [role=row], [role=listitem], [role=option], [role=treeitem]')) names.push(textWithoutControls(element));
  if (element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.matches('fieldset, table')) names.push(nameOf(element));
  const heading = element.querySelector('h1, h2, h3, h4, h5, h6, summary');
  if (heading) names.push(textWithoutControls(heading));
  return names.filter(Boolean);
}

const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], [aria-hidden=true]');

// Of nested regions with one name the innermost is meant.
function innermost(found) {
  return found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
}

function regionIn(root, name) {
  const all = [root, ...root.querySelectorAll(REGIONS)].filter((element) => element.matches(REGIONS) && isShown(element));
  const exact = all.filter((element) => regionNames(element).includes(name));
  if (exact.length) return innermost(exact)[0];
  const holding = all.filter((element) => regionNames(element).some((own) => own.includes(name)));
  return innermost(holding)[0] ?? null;
}

let root = [...document.querySelectorAll('dialog:modal')].pop() ?? document.body;
for (const name of regions) {
  root = regionIn(root, name);
  if (!root) return { missing: name };
}
if (kind === 'region') return { found: [root] };

// A file input may be hidden behind a styled button; its label is what people see.
const candidates = [...root.querySelectorAll(KINDS[kind])]
  .filter((element) => kind === 'file' || isShown(element) || [...(element.labels ?? [])].some(isShown));
const exact = candidates.filter((element) => nameOf(element) === wanted);
const found = exact.length ? exact : candidates.filter((element) => nameOf(element).includes(wanted));
return { found, names: candidates.slice(0, 60).map(nameOf) };
