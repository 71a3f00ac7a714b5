/* A staff page's main part alone, see src/http/staff/fragment.ts. */
const FRAGMENT = { Fragment: 'main' };

/** Fetches a page's main part. @returns the answer and its document */
export async function fetchMain(href, options = {}) {
  const response = await fetch(href, { ...options, headers: { ...options.headers, ...FRAGMENT } });
  return { response, page: parsed(await response.text()) };
}

/** The document of a page or a part of one. */
export function parsed(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}
