const day = 24 * 60 * 60 * 1000;

/**
 * The heading in the list that a conversation stands under.
 *
 * @param {string | Date} updated when something was last said in it
 * @param {Date} [now]
 */
export function groupOf(updated, now = new Date()) {
  const date = new Date(updated);
  const days = Math.round((startOfDay(now).getTime() - startOfDay(date).getTime()) / day); // rounded: some days have 23 or 25 hours
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days <= 7) return 'Previous 7 days';
  if (days <= 30) return 'Previous 30 days';
  const isThisYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString('en', isThisYear ? { month: 'long' } : { month: 'long', year: 'numeric' });
}

/** @param {Date} date */
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
