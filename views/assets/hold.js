// Tells, politely and seldom, that the held time runs out: at five minutes, at one, and when it is over (WCAG 2.2.1).
// Without this the page says the same as a time of day.
const held = document.getElementById('held');
const seconds = Number(held?.dataset.seconds ?? 0);

if (held && seconds > 0) {
  const status = held.querySelector('[role="status"]');
  const after = (left, say) => {
    if (seconds > left) setTimeout(say, (seconds - left) * 1000);
  };
  const soon = (text) => () => {
    status.textContent = text + (held.dataset.renew ?? '');
  };
  after(300, soon(held.dataset.five));
  after(60, soon(held.dataset.one));
  after(0, () => {
    held.classList.add('held--over');
    status.textContent = held.dataset.over;
    const renew = held.querySelector('[name="renew"]');
    // Whoever stands on the button stays here.
    if (renew && renew === document.activeElement) held.focus();
    renew?.remove();
  });
}
