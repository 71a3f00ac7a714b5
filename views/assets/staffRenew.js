/** The least time between two renewals, however many changes come together. */
const REST_MS = 300;
/** What says what was just done; it was said, and is not said again. */
const SAID = ['done', 'others'];

/**
 * Renews the page's content after changes that others have made: fetches the page, and puts the new content in the
 * place of the old. The reader stays where they are: nothing scrolls, the focus stays on the same link or button, and
 * what was unfolded stays so. As long as something was typed, and in a tab that nobody sees, it waits.
 *
 * @param names of the events after which the page may be another one, see staffLive.js
 * @param isMeant asked for the detail of each; whatever is missed (`reset`) is always meant
 * @param within selector of what is replaced
 * @param kept selectors of parts of it that another script has made, and which it renews itself
 * @param shapeOf returns a text; if it is another one for the new content, the whole page is loaded instead
 * @param renewed called when the content is replaced, before the focus comes back
 */
export function renewOn(
  names,
  { isMeant = () => true, within = 'main', kept = [], shapeOf = () => '', renewed = () => {} } = {},
) {
  let isWanted = false;
  let isBusy = false;
  const want = () => {
    isWanted = true;
    void work();
  };
  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    while (isWanted && !document.hidden && !hasTyped()) {
      isWanted = false;
      await renew({ within, kept, shapeOf, renewed }).catch(() => {});
      await new Promise((done) => setTimeout(done, REST_MS));
    }
    isBusy = false;
  };
  for (const name of names)
    document.addEventListener(`sprechstunde:${name}`, ({ detail }) => {
      if (name === 'reset' || isMeant(detail, name)) want();
    });
  for (const name of ['visibilitychange', 'input', 'change']) document.addEventListener(name, () => void work());
}

async function renew({ within, kept, shapeOf, renewed }) {
  const address = new URL(location.href);
  for (const name of SAID) address.searchParams.delete(name);
  // The header says that nobody has asked: a page that renews itself must not keep a session for ever.
  const answer = await fetch(address, { headers: { 'X-Unattended': '1' }, redirect: 'manual' });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector(within);
  const old = document.querySelector(within);
  if (!fresh || !old || hasTyped()) return;
  if (shapeOf(fresh) !== shapeOf(old)) return location.reload();
  const back = focusIn(old);
  const unfolded = [...old.querySelectorAll('details')].map(({ open }) => open);
  const { scrollX, scrollY } = window;
  replaceChildren(old, fresh, kept);
  for (const [i, details] of [...old.querySelectorAll('details')].entries()) details.open = unfolded[i] ?? details.open;
  renewed();
  // What another script draws anew is there with the next frame.
  requestAnimationFrame(() => {
    back();
    scrollTo(scrollX, scrollY);
  });
}

/** Replaces everything but the kept parts, which never leave the page: they would lose what is scrolled and focused. */
function replaceChildren(old, fresh, kept) {
  const partOf = (child, parent) => {
    const selector = kept.find((each) => child.matches(each));
    return selector && parent.querySelector(`:scope > ${selector}`);
  };
  for (const child of [...old.children]) if (!partOf(child, fresh)) child.remove();
  let next = null;
  for (const child of [...fresh.children].reverse()) {
    const own = partOf(child, old);
    if (!own) old.insertBefore(child, next);
    next = own ?? child;
  }
}

/** Returns a function that gives the focus back to what has it now: the same link, or the same button of the same form. */
function focusIn(content) {
  const { activeElement: focused } = document;
  if (!content.contains(focused)) return () => {};
  const same = () => {
    if (content.contains(focused)) return focused;
    const alike = [...content.querySelectorAll(focused.localName)].filter((each) => nameOf(each) === nameOf(focused));
    return alike.find((each) => each.checkVisibility()) ?? document.querySelector('main');
  };
  return () => {
    const found = same();
    if (found !== document.activeElement) found.focus({ preventScroll: true });
  };
}

function nameOf(element) {
  const form = element.form ? [element.form.action, ...new FormData(element.form).values()] : [];
  return [element.id, element.getAttribute('href'), element.textContent.trim(), ...form].join('\n');
}

function hasTyped() {
  const fields = document.querySelectorAll('main :is(input:not([type="hidden"], [type="date"]), textarea, select)');
  return [...fields].some((field) => {
    if (field.matches('select')) return field.selectedIndex !== usualIndex(field);
    if (field.matches('[type="checkbox"], [type="radio"]')) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
}

/** Returns the option that is selected before anybody has chosen. */
function usualIndex({ options }) {
  return Math.max(
    0,
    [...options].findIndex((option) => option.defaultSelected),
  );
}
