import { Router } from 'express';
import type { HttpDeps } from '../deps';

export function apiRoutes(_deps: HttpDeps): Router {
  return Router();
}
