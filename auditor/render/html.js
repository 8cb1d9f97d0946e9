"use strict";
(() => {
  const ids = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean);
  const byId = (id) => document.getElementById(id);
  let lit = [];
  const light = (id, name) => {
    const element = byId(id);
    if (element) { element.classList.add(name); lit.push([element, name]); }
  };
  const clear = () => { lit.forEach(([element, name]) => element.classList.remove(name)); lit = []; };
  const lightFinding = (element) => {
    ids(element, "t").forEach((id) => light(id, "lit"));
    ids(element, "s").forEach((id) => light(id, "lit-suspect"));
  };
  const show = (event) => {
    const element = event.target.closest("[data-f],[data-t],[data-s]");
    clear();
    if (!element) return;
    if (element.dataset.f === undefined) { lightFinding(element); return; }
    ids(element, "f").forEach((id) => {
      light(id, "lit-card");
      const finding = byId(id);
      if (finding) lightFinding(finding);
    });
  };
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  window.addEventListener("beforeprint", clear);

  const key = (row, column) => {
    const cell = row.children[column];
    const text = cell.dataset.sort ?? cell.textContent;
    return text !== "" && !isNaN(text) ? Number(text) : text;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
  document.querySelectorAll("table.sortable").forEach((table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => compare(key(a, column), key(b, column)) * (down ? -1 : 1));
        table.tBodies[0].append(...rows);
      });
    });
  });
})();
