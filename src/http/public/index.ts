import { Router } from 'express';
import type { HttpDeps } from '../deps';

export function publicRoutes(_deps: HttpDeps): Router {
  return Router();
}
