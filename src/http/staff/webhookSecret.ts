import { paths, url } from '../../paths';

/** Returns where the secret of a webhook is shown, once. */
export function secretOf({ deskId, id }: { readonly deskId: string; readonly id: string }) {
  return { cookie: 'webhookSecret', path: url(paths.staffWebhook, { desk: deskId, id }), of: id } as const;
}
