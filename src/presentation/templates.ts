import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars, { type HelperOptions, type TemplateDelegate } from 'handlebars';

/** Everything a template prints, ready made: plain strings, lists and flags; `t` translates. */
export type View = Readonly<Record<string, unknown>>;

export interface Templates {
  /** `name` is the path below `views` without its ending: `pages/public/start`. Prints it into `layouts/<layout>`, or bare. */
  render(name: string, view: View, layout?: string): string;
}

/**
 * Compiles every template of `viewsDir` at start, so that a broken one stops the start and not a request.
 * Only files are compiled, never anything that came from outside.
 */
export function loadTemplates(viewsDir: string): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('t', (key: string, options: HelperOptions) => options.data.root.t(key, options.hash));
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);

  const templates = new Map<string, TemplateDelegate>();
  for (const file of readdirSync(viewsDir, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue;
    const name = relative('.', file).replaceAll('\\', '/').slice(0, -'.hbs'.length);
    const source = readFileSync(join(viewsDir, file), 'utf8');
    if (name.startsWith('partials/')) handlebars.registerPartial(name.slice('partials/'.length), source);
    // A partial must not be indented: it would push the text of a <textarea> to the right.
    // Plain text has nothing to escape: `&amp;` in it would be read as it stands.
    else templates.set(name, handlebars.compile(source, { noEscape: name.endsWith('.txt'), preventIndent: true }));
  }

  const print = (name: string, view: View) => {
    const template = templates.get(name);
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
