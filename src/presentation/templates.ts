import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type Handlebars from 'handlebars';
import type { HelperOptions, TemplateDelegate } from 'handlebars';
import { memo } from '../domain/memo';
import type { Text } from '../domain/text';
import { assetUrl, paths } from '../paths';
import { type Printable, type Sentence, type Wording, wordingsOf } from './deskText';
import { direction } from './direction';

/** Is loaded with the first page or mail, not at the start of the program. */
const handlebars = (): typeof Handlebars => require('handlebars');

/** The data of a template: strings, lists and flags that are ready to print. `t` translates. */
export type View = Readonly<Record<string, unknown>>;

export interface Templates {
  /**
   * Prints a template into `layouts/<layout>`, or without a layout. `name` is its path below `views` without the
   * ending: `pages/public/desk/start`.
   */
  render(name: string, view: View, layout?: string): string;
}

/** The templates of a folder, which are read when the first is printed. */
export function loadTemplates(viewsDir: string): Templates {
  const print = (name: string, view: View) => {
    const template = readTemplates(viewsDir).get(name);
    if (!template) throw new Error(`no template ${name}`);
    return template(view);
  };

  return {
    render(name, view, layout) {
      const body = print(name, view);
      return layout ? print(`layouts/${layout}`, { ...view, body }) : body;
    },
  };
}

/**
 * Reads every template of a folder, by name. Each is compiled when it is first printed, once in a process. Only files
 * are compiled, never text that came from outside.
 */
export const readTemplates: (viewsDir: string) => ReadonlyMap<string, TemplateDelegate> = memo(2, (viewsDir) => {
  const environment = handlebars().create();
  /** Adds the version of the assets to the path of one, so that browsers may keep it for a year. */
  const versioned = (path: string, options: HelperOptions) =>
    new environment.SafeString(`${path}?v=${options.data.root.assetVersion}`);
  environment.registerHelper('t', (key: string, options: HelperOptions) => options.data.root.t(key, options.hash));
  /** Prints a desk's own text in the language of the page, or in others with their `lang`; a string as it is. */
  environment.registerHelper('deskText', (text: Printable | Text | undefined, options: HelperOptions) => {
    if (text === undefined || typeof text === 'string') return text;
    const escaped = (plain: string) => environment.escapeExpression(plain);
    const html = (wordings: string | readonly Wording[]): string => {
      if (typeof wordings === 'string') return escaped(wordings);
      return wordings
        .map((wording) =>
          wording.lang
            ? `<span lang="${escaped(wording.lang)}" dir="${direction(wording.lang)}">${escaped(wording.text)}</span>`
            : escaped(wording.text),
        )
        .join(' · ');
    };
    if (isSentence(text)) return new environment.SafeString(text.parts.map(html).join(''));
    return new environment.SafeString(html(isWordings(text) ? text : wordingsOf(text, options.data.root.locale)));
  });
  /** Prints its content for somebody who reads another language than the page's. */
  environment.registerHelper('readBy', function (this: unknown, reader: object, options: HelperOptions) {
    const data = environment.createFrame(options.data);
    data.root = { ...options.data.root, ...reader };
    return options.fn(this, { data });
  });
  /** Prints data for search engines. It is no script: browsers run nothing of this type, and it cannot end its tag. */
  environment.registerHelper('jsonLd', (data: unknown) => {
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    return new environment.SafeString(`<script type="application/ld+json">${json}</script>`);
  });
  /** Prints a stylesheet of the assets into the page, for a file that stands alone. */
  environment.registerHelper('stylesheet', (name: string) => {
    const css = readFileSync(join(viewsDir, 'assets', name), 'utf8');
    return new environment.SafeString(`<style>${css}</style>`);
  });
  environment.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  environment.registerHelper('path', (name: keyof typeof paths) => paths[name]);
  environment.registerHelper('asset', (name: string, options: HelperOptions) => versioned(assetUrl(name), options));
  environment.registerHelper('versioned', versioned);

  const templates = new Map<string, TemplateDelegate>();
  for (const file of readdirSync(viewsDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue;
    const name = relative('.', file).replaceAll('\\', '/').slice(0, -'.hbs'.length);
    const source = readFileSync(join(viewsDir, file), 'utf8');
    if (name.startsWith('partials/')) environment.registerPartial(name.slice('partials/'.length), source);
    // Partials are not indented, because the indent would appear in the text of a <textarea>.
    // Plain text is not escaped, because a reader would see `&amp;` as such.
    else templates.set(name, environment.compile(source, { noEscape: name.endsWith('.txt'), preventIndent: true }));
  }
  return templates;
});

function isSentence(text: Exclude<Printable, string> | Text): text is Sentence {
  return 'parts' in text && Array.isArray(text.parts);
}

function isWordings(text: readonly Wording[] | Text): text is readonly Wording[] {
  return Array.isArray(text);
}
