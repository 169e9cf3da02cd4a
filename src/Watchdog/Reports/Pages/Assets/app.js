// What the pages do beyond links and forms, which work without it: keys, acts in a sheet over the page, renewal when something changes.
(() => {
  'use strict';
  const $ = (selector, within = document) => within.querySelector(selector);
  const rows = () => [...document.querySelectorAll('tr[data-case]')];
  const sheet = () => $('#sheet');
  let at = null;        // the case that the keys speak of, by its id: rows come and go
  let opener = null;    // what had the focus before the sheet

  const current = () => (at && document.getElementById(`case-${at}`)) || null;

  const move = step => {
    const all = rows();
    if (all.length === 0) return;
    const index = all.indexOf(current());
    const next = all[index < 0 ? 0 : Math.min(all.length - 1, Math.max(0, index + step))];
    at = next.dataset.case;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  const openSheet = async href => {
    opener = document.activeElement;
    const answer = await fetch(href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const form = answer.redirected ? null : $('form.act', page);
    if (!form) { location.assign(href); return; }
    fill(form);
    if (!sheet().open) sheet().showModal();
  };

  const fill = form => {
    sheet().replaceChildren(document.importNode(form, true));
    ($('[autofocus]', sheet()) || $('input:not([type=hidden]), textarea, button', sheet()))?.focus();
  };

  // After an act the page that it came from is shown anew, with what became of it, and the keys go on where they were.
  const send = async (form, submitter) => {
    const button = submitter || $('button[type=submit]', form);
    if (button.disabled) return;
    const body = new URLSearchParams(new FormData(form, button));
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'text/html' } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const again = answer.redirected ? null : $('form.act', page);
      if (again) { fill(again); return; }
      if (!answer.redirected || $('#queue', page) === null || $('#queue') === null) {
        if (answer.redirected) { location.assign(answer.url); return; }
        document.documentElement.replaceWith(document.importNode(page.documentElement, true));
        return;
      }
      const following = rows()[rows().indexOf(current()) + 1]?.dataset.case;
      sheet().close();
      $('#queue').replaceWith(document.importNode($('#queue', page), true));
      window.htmx?.process($('#queue'));
      $('#told').replaceChildren(...[...$('#told', page).childNodes].map(node => document.importNode(node, true)));
      if (!current() && following) at = following;
      (current() || rows()[0] || $('#main')).focus();
      if (!current()) at = rows()[0]?.dataset.case ?? null;
    } finally {
      button.disabled = false;
    }
  };

  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.closest('#sheet') && form.matches('form.act')) {
      event.preventDefault();
      send(form, event.submitter).catch(() => form.submit());
    } else if (form.method === 'post') {
      // A second click does nothing more than the first.
      const button = event.submitter;
      if (button) setTimeout(() => { button.disabled = true; setTimeout(() => { button.disabled = false; }, 4000); });
    }
  });

  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-sheet]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      const row = link.closest('tr[data-case]');
      if (row) at = row.dataset.case;
      openSheet(link.href).catch(() => location.assign(link.href));
    } else if (event.target.closest('#sheet [data-close]')) {
      event.preventDefault();
      sheet().close();
    } else if (event.target.closest('[data-keys]')) {
      $('#keys').showModal();
    }
  });

  document.addEventListener('close', event => {
    if (event.target === sheet()) (current() || opener)?.focus();
  }, true);

  document.addEventListener('focusin', event => {
    const row = event.target.closest?.('tr[data-case]');
    if (row) at = row.dataset.case;
  });

  const tally = () => {
    const chosen = document.querySelectorAll('input[name=id][form=selected]:checked').length;
    const words = $('[data-selected]');
    if (words) words.textContent = chosen === 0 ? 'Select cases to act on several.' : `${chosen} selected.`;
  };
  document.addEventListener('change', event => { if (event.target.matches('input[name=id][form=selected]')) tally(); });

  const act = key => {
    const scope = current() || $('[data-acts]') || document;
    const link = $(`a[data-key="${key}"]`, scope);
    const id = current()?.dataset.case;
    const more = { e: 'extend', a: 'exempt' }[key];
    if (link) openSheet(link.href).catch(() => location.assign(link.href));
    else if (id && more && $('a[data-key="r"]', scope)) openSheet(`/cases/${id}/${more}?back=${encodeURIComponent(location.pathname + location.search)}`).catch(() => {});
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, dialog')) return;
    switch (event.key) {
      case 'j': if (rows().length) move(1); else $('a[rel=next]')?.click(); break;
      case 'k': if (rows().length) move(-1); else $('a[rel=prev]')?.click(); break;
      case 'x': { const box = current() && $('input[type=checkbox]', current()); if (box) { box.checked = !box.checked; tally(); } break; }
      case 'Enter': if (event.target === current()) $('a.open', current())?.click(); else return; break;
      case 'r': case 'c': case 'e': case 'a': act(event.key); break;
      case 'u': $('a[rel=up]')?.click(); break;
      case '/': { const search = $('input[type=search]'); if (!search) return; search.focus(); search.select(); break; }
      case '?': $('#keys').showModal(); break;
      default: return;
    }
    event.preventDefault();
  });

  // Renewal: never under somebody's hands. What is selected stays selected, by its id.
  let due = false;
  const busy = () => sheet().open || document.activeElement?.matches?.('.filters *') || document.hidden;
  const renew = () => {
    if (!due || busy()) return;
    due = false;
    document.body.dispatchEvent(new CustomEvent('changed'));
  };
  let chosen = new Set();
  document.addEventListener('htmx:before:swap', () => { chosen = new Set([...document.querySelectorAll('input[name=id]:checked')].map(box => box.value)); });
  document.addEventListener('htmx:after:swap', () => {
    document.querySelectorAll('input[name=id]').forEach(box => { if (chosen.has(box.value)) box.checked = true; });
    tally();
    if (document.activeElement === document.body) current()?.focus({ preventScroll: true });
  });
  if ($('[hx-trigger~="changed"]') && window.EventSource) {
    const source = new EventSource('/events');
    // Not all browsers at once: each within two seconds.
    source.addEventListener('changed', () => { due = true; setTimeout(renew, Math.random() * 2000); });
    setInterval(renew, 5000);
    addEventListener('pagehide', () => source.close());
  }
})();
