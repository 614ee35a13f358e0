// What was typed and not saved. It outlives a look at another fact and a reload, in this tab.

const keyOf = (name, id) => `draft:${name}:${id}`;

/** The unsaved form `name` (`correct`, `comment`) of a fact. */
export function draft(name, { fact }) {
  const key = keyOf(name, fact.id);
  return {
    /** Puts into the form what was typed before. */
    restore: (form) => {
      for (const [field, value] of Object.entries(JSON.parse(sessionStorage.getItem(key) ?? "{}"))) {
        const control = form.elements.namedItem(field);
        if (control?.type === "checkbox") control.checked = value;
        else if (control) control.value = value;
      }
    },
    keep: (form) => {
      const entries = [...form.elements].filter(({ name }) => name).map((control) => [control.name, control.type === "checkbox" ? control.checked : control.value]);
      sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(entries)));
    },
    drop: () => sessionStorage.removeItem(key),
  };
}

/** The forms of a fact that were begun. */
export const draftsOf = ({ fact }) => ["correct", "comment"].filter((name) => sessionStorage.getItem(keyOf(name, fact.id)) !== null);
