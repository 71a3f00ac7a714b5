import type Pg from 'pg';

/**
 * Returns `pg`. It is loaded when it is first used, because most programs keep their bookings in SQLite and never need
 * it, while it takes a twelfth of their start.
 */
export const pg = (): typeof Pg => require('pg');
