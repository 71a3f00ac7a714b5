import { relative } from 'node:path';
import type { Express } from 'express';
import type { Templates, View } from '../../presentation/templates';

/**
 * Lets `res.render('pages/public/desk/start', view)` print through our templates, inside `layouts/main`.
 *
 * Another layout is named by `layout` in the view or in `res.locals` (staff pages), `false` means bare. Never hand the
 * body of a request to `res.render`: it could name the layout.
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
  // Templates are compiled at start; what is cached here is only where a file lies.
  app.enable('view cache');
}
