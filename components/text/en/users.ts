/** Everything about people: the list, the drawer, the user page and its dialogs. */
export const users = {}
