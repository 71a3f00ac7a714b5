import { Router } from 'express';
import { type TestApp, testApp } from './app';

/** A route as Express lists it. Where a router is mounted, it has `router` instead of `methods`. */
interface Listed {
  readonly path: string;
  readonly methods: readonly string[] | undefined;
  readonly router: Lister | undefined;
}
interface Lister {
  listRoutes(): Listed[];
}

export interface Route {
  readonly path: string;
  readonly methods: readonly string[];
}

/** The real program, with every route that is registered in it. */
export async function appWithRoutes(
  options: Parameters<typeof testApp>[0] = {},
): Promise<{ app: TestApp; routes: readonly Route[] }> {
  const used = jest.spyOn(Router.prototype, 'use');
  const app = await testApp(options);
  const routers = new Set(used.mock.contexts as unknown as Lister[]);
  used.mockRestore();
  for (const router of [...routers])
    for (const { router: mounted } of router.listRoutes()) routers.delete(mounted as Lister);
  const [root, ...others] = routers;
  if (!root || others.length > 0) throw new Error('not exactly one router is mounted nowhere');
  return { app, routes: routesOf(root, '') };
}

function routesOf(router: Lister, prefix: string): Route[] {
  return router.listRoutes().flatMap(({ path, methods, router: mounted }) => {
    const whole = prefix + (path === '/' && prefix ? '' : path);
    return mounted ? routesOf(mounted, path === '/' ? prefix : whole) : [{ path: whole, methods: methods ?? [] }];
  });
}
