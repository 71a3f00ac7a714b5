/*
 * Event Calendar marks its grid as a table without rows, which screen readers cannot walk through. Here its markup says
 * nothing but what it holds: names, times and links. It draws again whenever something changes, so we look again as well.
 */
export function stripTableRoles(stage) {
  const strip = () => {
    for (const element of stage.querySelectorAll('*')) {
      if (/^(table|row|rowgroup|columnheader|rowheader|cell)$/.test(element.getAttribute('role') ?? ''))
        element.removeAttribute('role');
      for (const { name } of [...element.attributes]) if (/^aria-(col|row)/.test(name)) element.removeAttribute(name);
    }
  };
  strip();
  new MutationObserver(strip).observe(stage, { subtree: true, childList: true });
}
