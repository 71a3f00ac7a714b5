import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { noticeProxy } from '../../src/http/middleware/proxyNotice';

async function linesAfter(trustProxy: string | false, requests: readonly Record<string, string>[]): Promise<string[]> {
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const app = express();
  app.use(noticeProxy({ logger }, trustProxy), (_req, res) => void res.end());
  const http = createServer(app).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  for (const headers of requests) await fetch(`http://127.0.0.1:${port}/`, { headers });
  http.close();
  return lines.map((line) => JSON.parse(line).msg);
}

const FORWARDED = { 'X-Forwarded-For': '192.0.2.1' };

describe('A missing TRUST_PROXY', () => {
  it('is told at the first request that was forwarded, once, and with no address', async () => {
    expect(await linesAfter(false, [{}])).toEqual([]);
    const lines = await linesAfter(false, [{}, FORWARDED, { Forwarded: 'for=192.0.2.1' }, FORWARDED]);
    expect(lines).toEqual([expect.stringMatching(/^TRUST_PROXY: /)]);
    expect(lines.join()).not.toContain('192.0.2.1');
  });

  it('is not reported where TRUST_PROXY is set', async () => {
    expect(await linesAfter('loopback', [FORWARDED])).toEqual([]);
  });
});
