import { z } from 'zod';
import { slug } from '../../../fields/schemas';
import { Time } from './text';

export const FeedRequest = z
  .strictObject(
    {
      advisor: slug.optional().meta({ description: 'Whose calendar; absent: that of the whole `desk`' }),
      desk: slug.optional().meta({
        description: 'The desk of which it is; with `advisor` only needed where several desks have one of this id',
      }),
      names: z.boolean('expected true or false').default(false).meta({
        description: 'Tells who comes; only where the desk allows it',
      }),
    },
    'expected an object',
  )
  .refine(({ advisor, desk }) => advisor !== undefined || desk !== undefined, {
    path: ['advisor'],
    message: 'expected an advisor, or a desk',
  })
  .meta({ id: 'FeedRequest' });

export const FeedAddress = z
  .object({
    id: z.string(),
    url: z.string().meta({ description: 'Told once; whoever has it can read the calendar', format: 'uri' }),
  })
  .meta({ id: 'FeedAddress' });

const Feed = z
  .object({
    id: z.string(),
    advisor: z.string().nullable().meta({ description: 'null: the whole desk' }),
    names: z.boolean().meta({ description: 'Whether it tells who comes' }),
    createdAt: Time,
  })
  .meta({ id: 'Feed' });

export const Feeds = z.object({ feeds: z.array(Feed).meta({ description: 'The oldest first' }) }).meta({ id: 'Feeds' });
