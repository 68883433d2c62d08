/* What was typed and has not reached the server, kept on this device in order, by account. Only the server's word or a person's removes it. */
"use strict";
(() => {
  const NAME = "crisis-plan";
  let opening = null;
  let isOver = false; // signed out: what was still under way keeps nothing any more

  const answered = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  function open() {
    if (isOver) return Promise.reject(new DOMException("signed out", "AbortError"));
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("entries", { keyPath: "rank", autoIncrement: true });
        request.result.createObjectStore("told", { keyPath: ["account", "crisis"] });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => { request.result.close(); opening = null; };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  /* Resolved once it is on the disk, not when it is promised to be. */
  async function write(name, act) {
    const transaction = (await open()).transaction(name, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = act(transaction.objectStore(name));
    await done;
    return result?.result;
  }

  const read = async (name) => answered((await open()).transaction(name).objectStore(name).getAll());
  const isThere = async () => !indexedDB.databases || (await indexedDB.databases()).some(({ name }) => name === NAME);

  window.waiting = {
    /* In the order they were typed; a device that never kept anything is not made to. */
    all: async (account) => ((await isThere()) ? (await read("entries")).filter((entry) => entry.account === account) : []),
    others: async (account) => ((await isThere()) ? (await read("entries")).filter((entry) => entry.account !== account) : []),
    add: (entry, replaced = 0) => write("entries", (store) => {
      if (replaced) store.delete(replaced);
      return store.add(entry);
    }),
    /* What was removed meanwhile is not put back. */
    put: (entry) => write("entries", (store) => {
      const found = store.getKey(entry.rank);
      found.onsuccess = () => { if (found.result !== undefined) store.put(entry); };
    }),
    remove: (...ranks) => write("entries", (store) => ranks.forEach((rank) => store.delete(rank))),
    told: async (account) => ((await isThere()) ? (await read("told")).filter((one) => one.account === account) : []),
    tell: (one) => write("told", (store) => store.put(one)),
    /* Nothing of this account stays; what another one could not send yet waits for them. */
    forget: async (account) => {
      const isMine = (one) => one.account === account;
      if ((await window.waiting.others(account).catch(() => [])).length) {
        const [entries, told] = [await read("entries"), await read("told")];
        await write("entries", (store) => entries.filter(isMine).forEach(({ rank }) => store.delete(rank)));
        await write("told", (store) => told.filter(isMine).forEach(({ crisis }) => store.delete([account, crisis])));
        return;
      }
      isOver = true;
      if (opening) (await opening).close();
      opening = null;
      await new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(NAME);
        request.onsuccess = request.onerror = request.onblocked = resolve;
      });
    },
  };
})();
