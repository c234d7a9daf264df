/** Queries for a screen. */

/** Living units where they stand. */
const board = `SELECT x, y, id, owner, class, hp, hp_max FROM units WHERE hp > 0 ORDER BY y, x`

/** Every unit and how it is. */
const roster = `
SELECT id, owner, class, hp, hp_max, armour, CASE WHEN hp > 0 THEN 'standing' ELSE 'fallen' END AS state
FROM units ORDER BY owner, id`

/** Both sides, the better one first. */
const scoreboard = `
SELECT p.side, p.sender, p.alive, p.reserves, p.kills, p.damage, p.healed,
  p.side = g.side AND NOT g.over AS to_move, v.winner IS NOT NULL AS won
FROM players p CROSS JOIN game g LEFT JOIN verdict v ON v.winner = p.sender
ORDER BY p.kills DESC, p.damage DESC, p.side`

export const views = { board, roster, scoreboard }
