import type { AddressInfo } from 'node:net';
import express from 'express';
import { answer } from './peer';

/** Express 5 as it comes out of the package: what a page costs if nothing has to be found out. */
const bodies = new Map<string, readonly unknown[]>();
let next = 0;
const server = express()
  .get('/:name', (req, res) => {
    const list = bodies.get(req.params.name) ?? [];
    res.json(list[next++ % list.length]);
  })
  .listen(0, '127.0.0.1');

/** Answers `/NAME` with these JSON texts in turn from now on. @returns where */
answer<{ readonly name: string; readonly json: readonly string[] }, string>(({ name, json }) => {
  bodies.set(
    name,
    json.map((text) => JSON.parse(text) as unknown),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
