import type { AddressInfo } from 'node:net';
import express from 'express';
import { bareLedger } from './bareLedger';
import { answer } from './peer';

/** Bare Express that books: it reads the JSON, looks at what overlaps, inserts, commits, and answers with what it read. */
answer<{ readonly database: string; readonly taken: number }, string>(async ({ database, taken }) => {
  const ledger = await bareLedger(database);
  let next = await ledger.fill(taken);
  const app = express()
    .use(express.json())
    .post('/bookings', async (req, res) => {
      const n = next++;
      await ledger.book(n, n + 1);
      res.status(201).json({ id: n, ...(req.body as object) });
    });
  return new Promise((listens) => {
    const server = app.listen(0, '127.0.0.1', () =>
      listens(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
});
