import { relative } from 'node:path';
import type { Express } from 'express';
import type { Templates, View } from '../../presentation/templates';

/**
 * Makes `res.render('pages/public/desk/start', view)` print our templates inside `layouts/main`.
 *
 * `layout` in the view or in `res.locals` names another layout (staff pages use it), `false` means none. Never pass a
 * request's body to `res.render`: it could choose the layout.
 */
export function viewEngine(app: Express, templates: Templates, viewsDir: string): void {
  app.engine('hbs', (file: string, options: object, done: (error: unknown, html?: string) => void) => {
    try {
      const view = options as View;
      const name = relative(viewsDir, file)
        .replaceAll('\\', '/')
        .replace(/\.hbs$/, '');
      const layout = view.layout ?? 'main';
      done(null, templates.render(name, view, typeof layout === 'string' ? layout : undefined));
    } catch (error) {
      done(error);
    }
  });
  app.set('views', viewsDir);
  app.set('view engine', 'hbs');
  // Templates are compiled at start; this caches only where a file lies.
  app.enable('view cache');
}
