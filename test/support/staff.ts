import { hash } from '@node-rs/argon2';
import request from 'supertest';
import type { StaffUser } from '../../src/app/ports/staffStore';
import type { TestApp } from './app';
import { followingForms } from './forms';

export const PASSWORD = 'correct horse battery staple';
/** Hashed once, and cheaply: a hash says itself what it costs to verify it. */
let passwordHash: string | undefined;
const CHEAP = { memoryCost: 64, timeCost: 1 };

/** A receptionist of the expat desk, unless said otherwise, whose password is `PASSWORD`. */
export async function addStaff(
  { storage }: Pick<TestApp, 'storage'>,
  part: Partial<StaffUser> = {},
): Promise<StaffUser> {
  passwordHash ??= await hash(PASSWORD, CHEAP);
  const role = part.role ?? 'receptionist';
  const user: StaffUser = {
    id: `user-${part.email ?? role}`,
    email: `${role}@expat-desk.example`,
    name: 'Rezi Empfang',
    role,
    deskId: 'expat-desk',
    advisorId: null,
    passwordHash,
    demo: false,
    disabledAt: null,
    ...part,
  };
  await storage.write(({ staff }) => staff.addUser(user));
  return user;
}

/** Somebody at a browser: keeps cookies, and sends forms as a page of ours does. */
export function aBrowser({ http }: Pick<TestApp, 'http'>) {
  const agent = request.agent(http);
  agent.set('Sec-Fetch-Site', 'same-origin');
  return {
    get: (path: string) => agent.get(path),
    post: (path: string, fields: Record<string, string>) => followingForms(agent.post(path)).type('form').send(fields),
    /** Opens `page` and sends its form to `action` with the hidden fields that it has. */
    submit: (page: string, action: string, fields: Record<string, string> = {}) => ({
      async expect(status: number) {
        const { text } = await agent.get(page);
        const hidden = hiddenFields(text, action);
        return followingForms(agent.post(action))
          .type('form')
          .send({ ...hidden, ...fields })
          .expect(status);
      },
    }),
  };
}

export type Browser = ReturnType<typeof aBrowser>;

/** Somebody of the staff, signed in. */
export async function signedInAs(app: TestApp, part: Partial<StaffUser> = {}): Promise<Browser> {
  const { email } = await addStaff(app, part);
  const browser = aBrowser(app);
  await browser.post('/staff/sign-in', { email, password: PASSWORD }).expect(303);
  return browser;
}

/** The hidden fields of the page's form with this action. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const form = html
    .split(/<form /)
    .slice(1)
    .map((rest) => rest.split('</form>')[0] ?? '')
    .find((each) => each.includes(`action="${action}"`) && each.includes('method="post"'));
  if (!form) throw new Error(`no form for ${action} in the page`);
  const inputs = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
}

/** What a page says, without its tags, for asserting on words. */
export function wordsIn(html: string): string {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
