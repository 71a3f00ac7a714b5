import { hash } from '@node-rs/argon2';
import request from 'supertest';
import type { StaffUser } from '../../src/app/ports/staffStore';
import type { TestApp } from './app';
import { followingForms } from './forms';

export const PASSWORD = 'correct horse battery staple';
/**
 * The hash of `PASSWORD`. It is made once and at low cost; verifying it is as cheap, because a hash names its own cost.
 */
let passwordHash: string | undefined;
const CHEAP = { memoryCost: 64, timeCost: 1 };

/** Adds a receptionist of the expat desk, or whom `part` describes, with the password `PASSWORD`. */
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

/** Returns a browser that keeps cookies, and sends forms as the program's own pages do. */
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

/** Adds a member of the staff, and returns a browser in which they are signed in. */
export async function signedInAs(app: TestApp, part: Partial<StaffUser> = {}): Promise<Browser> {
  const { email } = await addStaff(app, part);
  const browser = aBrowser(app);
  await browser.post('/staff/sign-in', { email, password: PASSWORD }).expect(303);
  return browser;
}

/** Returns the hidden fields of the page's form with this action. */
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

/**
 * Returns all fields that a browser would send with the last form of the page that posts there and has this field: what
 * is typed, ticked and chosen in it.
 */
export function typedFields(html: string, action: string, field = 'pattern'): Record<string, string> {
  const form = html
    .split(/<form /)
    .map((rest) => rest.split('</form>')[0] ?? '')
    .findLast((each) => each.includes(`action="${action}"`) && each.includes(`name="${field}"`));
  if (!form) throw new Error(`no form for ${action} in the page`);
  const attribute = (tag: string, name: string) =>
    new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&#x3D;', '=');
  const inputs = [...form.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/type="(checkbox|radio)"/.test(tag) || / checked/.test(tag))
    .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value') ?? '']);
  const selects = [...form.matchAll(/<select [^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(([, name, options]) => [
    name,
    attribute(/<option [^>]*selected[^>]*>/.exec(options ?? '')?.[0] ?? '', 'value') ?? '',
  ]);
  return Object.fromEntries([...inputs, ...selects]);
}

/** Returns the text of a page's main part without its tags, for assertions on words. */
export function wordsIn(html: string): string {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return main
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x3D;', '=')
    .replace(/\s+/g, ' ')
    .trim();
}
