/* Control+Z presses the button that undoes what was just done; without this script the button itself does. */
document.addEventListener('keydown', (event) => {
  const isUndo =
    (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z';
  // In a field the keys undo what was typed.
  if (!isUndo || event.target.closest('input, textarea, select, [contenteditable]')) return;
  const button = document.querySelector('form.undo button[type="submit"]');
  if (!button) return;
  event.preventDefault();
  button.click();
});
