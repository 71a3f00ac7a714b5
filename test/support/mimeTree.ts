/**
 * One part of a MIME message (RFC 2045, RFC 2046). Tests check the tree of the parts, which the library mailparser
 * would flatten. Headers are not decoded.
 */
export interface MimePart {
  readonly type: string;
  /** Header values by lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly parts: readonly MimePart[];
  /** The body with its transfer encoding undone; empty for multiparts. */
  readonly body: Buffer;
}

export function mimeTree(raw: Buffer): MimePart {
  return parse(raw.toString('latin1'));
}

/** A Content-Type parameter, without quotes. */
export function parameter(part: MimePart, name: string): string | undefined {
  return new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(part.headers.get('content-type') ?? '')?.[1];
}

function parse(text: string): MimePart {
  const end = text.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n'))
    headers.set(line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim());
  const contentType = headers.get('content-type') ?? 'text/plain';
  const body = text.slice(end + 4);
  const boundary = /;\s*boundary="([^"]+)"/i.exec(contentType)?.[1];
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!boundary) return { type, headers, parts: [], body: decode(body, headers.get('content-transfer-encoding')) };
  const parts = `\r\n${body}`.split(`\r\n--${boundary}--`)[0]?.split(`\r\n--${boundary}\r\n`).slice(1) ?? [];
  return { type, headers, parts: parts.map(parse), body: Buffer.alloc(0) };
}

function decode(body: string, encoding = '7bit'): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const octets = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}
