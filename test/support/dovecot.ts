import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';

const DOVECOT = ['/usr/sbin/dovecot', '/usr/bin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path));
const PASSWORD = 'p:w@1';

/** A mail as it lies in a folder. */
interface Kept {
  readonly uid: number;
  readonly subject: string;
  readonly isSeen: boolean;
}

/** One mailbox of the server. */
export interface Postbox {
  readonly url: string;
  /** Puts a mail into the inbox, as if it had arrived. */
  deliver(raw: string | Buffer): Promise<void>;
  list(folder?: string): Promise<Kept[]>;
  /** Moves everything of a folder back into the inbox. */
  putBack(folder: string): Promise<void>;
}

/** A real IMAP server on this machine. */
export interface Dovecot {
  /** Returns the mailbox of this name, which is empty at first. */
  postbox(name: string): Postbox;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts Dovecot with a configuration and folders of its own; null if it is not on the machine, which a warning says, so
 * that nobody takes its tests for passed.
 */
export async function dovecot(): Promise<Dovecot | null> {
  if (DOVECOT === undefined) {
    console.warn('dovecot is missing: its tests are skipped. On Debian: apt-get install dovecot-imapd.');
    return null;
  }
  const program = DOVECOT;
  const dir = mkdtempSync(join(tmpdir(), 'dovecot-'));
  const port = await freePort();
  const { user, group } = mailUser();
  const mails = join(dir, 'mails');
  mkdirSync(mails);
  // Its processes run as another user where the tests run as root, and have to get through.
  chmodSync(dir, 0o755);
  if (process.getuid?.() === 0) chownSync(mails, idOf('-u', user), idOf('-g', user));
  const config = join(dir, 'dovecot.conf');
  writeFileSync(config, configOf({ dir, mails, port, user, group }));

  let child: ChildProcess | undefined;
  const within = async <T>(user: string, work: (client: ImapFlow) => Promise<T>, folder = 'INBOX'): Promise<T> => {
    const client = new ImapFlow({
      ...{ host: '127.0.0.1', port, secure: false, logger: false as const, disableAutoIdle: true },
      auth: { user, pass: PASSWORD },
    });
    client.on('error', () => {});
    await client.connect();
    try {
      await client.mailboxOpen(folder);
      return await work(client);
    } finally {
      await client.logout().catch(() => client.close());
    }
  };

  const server: Dovecot = {
    postbox: (name) => {
      const user = `${name}@desk.example`;
      return {
        url: `imap://${encodeURIComponent(user)}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/INBOX`,
        deliver: (raw) => within(user, async (client) => void (await client.append('INBOX', raw))),
        list: (folder = 'INBOX') =>
          within(user, async (client) => {
            const folders = (await client.list()).map(({ path }) => path);
            if (!folders.includes(folder)) return [];
            const { exists } = await client.mailboxOpen(folder);
            const kept: Kept[] = [];
            if (exists === 0) return kept;
            for await (const each of client.fetch('1:*', { uid: true, envelope: true, flags: true }))
              kept.push({
                uid: each.uid,
                subject: each.envelope?.subject ?? '',
                isSeen: each.flags?.has('\\Seen') ?? false,
              });
            return kept;
          }),
        putBack: (folder) => within(user, async (client) => void (await client.messageMove('1:*', 'INBOX')), folder),
      };
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const gone = new Promise((done) => child?.once('exit', done));
      child.kill('SIGTERM');
      await gone;
    },
    async start() {
      child = spawn(program, ['-F', '-c', config], { stdio: 'ignore' });
      for (let i = 0; i < 100; i++) {
        if (await within('probe@desk.example', async () => true).catch(() => false)) return;
        await pause(50);
      }
      throw new Error(`dovecot does not answer; its log: ${join(dir, 'log')}, in ${readdirSync(dir).join(', ')}`);
    },
    async close() {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

interface Place {
  readonly dir: string;
  readonly mails: string;
  readonly port: number;
  readonly user: string;
  readonly group: string;
}

function configOf({ dir, mails, port, user, group }: Place): string {
  return `protocols = imap
ssl = no
disable_plaintext_auth = no
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
mail_location = maildir:${mails}/%u
first_valid_uid = 1
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group = ${group}
listen = 127.0.0.1
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${mails}/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`;
}

function mailUser(): { user: string; group: string } {
  if (process.getuid?.() === 0) return { user: 'mail', group: 'mail' };
  const { username } = userInfo();
  return { user: username, group: execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim() };
}

function idOf(which: '-u' | '-g', user: string): number {
  return Number(execFileSync('id', [which, user], { encoding: 'utf8' }));
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}
