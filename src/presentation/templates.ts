import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars, { type HelperOptions, type TemplateDelegate } from 'handlebars';
import { memo } from '../domain/memo';

/** Everything a template prints, ready made: plain strings, lists and flags; `t` translates. */
export type View = Readonly<Record<string, unknown>>;

export interface Templates {
  /** `name` is the path below `views` without its ending: `pages/public/desk/start`. Prints it into `layouts/<layout>`, or bare. */
  render(name: string, view: View, layout?: string): string;
}

/**
 * Reads every template of a folder; each is compiled when it is first printed, once in a process. Only files are compiled, never anything
 * that came from outside.
 */
export const loadTemplates: (viewsDir: string) => Templates = memo(2, (viewsDir) => {
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
});
