// What is kept on the phone (IndexedDB): what the page carries along, what was filled in, photos not sent yet.
const NAME = "coso-inspections";
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("packages", { keyPath: "key" });
      asked.result.createObjectStore("drafts", { keyPath: "key" });
      asked.result.createObjectStore("photos", { keyPath: "id", autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/** Do one thing in a transaction of its own; it is on the disk when the promise holds. */
async function within(store, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(store, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** Keep a record; give its key. */
export const put = (store, record) => within(store, "readwrite", (rows) => rows.put(record));

/** Give a record, or undefined. */
export const get = (store, key) => within(store, "readonly", (rows) => rows.get(key));

/** Give every record of a store. */
export const all = (store) => within(store, "readonly", (rows) => rows.getAll());

/** Forget a record. */
export const remove = (store, key) => within(store, "readwrite", (rows) => rows.delete(key));

/** Change a record as it stands now, in one transaction: `change` gets it and gives the new one, or nothing. */
export async function change(store, key, changed) {
  return within(store, "readwrite", (rows) => {
    const asked = rows.get(key);
    asked.onsuccess = () => {
      const next = changed(asked.result);
      if (next) rows.put(next);
    };
    return asked;
  });
}
