/* Puts a chosen file into the field for CSV; without this script its text is pasted. */
const row = document.querySelector('[data-csv-file]');
const field = document.getElementById('csv');
row.hidden = false;
row.querySelector('input').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (file) field.value = textOf(await file.arrayBuffer());
});

/** Spreadsheets write UTF-8, or what Windows wrote before. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
