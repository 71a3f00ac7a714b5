import type { AddressInfo } from 'node:net';
import express from 'express';
import { answer } from './peer';

/** Express 5 as it comes out of the package: what a page costs if nothing has to be found out. */
const bodies = new Map<string, unknown>();
const server = express()
  .get('/:name', (req, res) => {
    res.json(bodies.get(req.params.name));
  })
  .listen(0, '127.0.0.1');

/** Answers `/NAME` with this JSON from now on. @returns where */
answer<{ readonly name: string; readonly json: string }, string>(({ name, json }) => {
  bodies.set(name, JSON.parse(json));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
