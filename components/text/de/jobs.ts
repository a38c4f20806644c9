import type { jobs as en } from '../en/jobs'

const number = (count: number) => count.toLocaleString('de')
const rows = (count: number) => `${number(count)} ${count === 1 ? 'Zeile' : 'Zeilen'}`
const users = (count: number) => `${number(count)} Benutzer`

/** The pages of imports and exports: how far each is and what became of it. */
export const jobs: typeof en = {
  title: 'Jobs',
  description: 'Importe und Exporte von Benutzern: wie weit sie sind und was daraus wurde.',
  type: 'Art',
  anyType: 'Importe und Exporte',
  types: { import: 'Import', export: 'Export' },
  states: {
    waiting: 'Wartet',
    running: 'Läuft',
    done: 'Fertig',
    partial: 'Teilweise fertig',
    failed: 'Fehlgeschlagen',
    cancelled: 'Angehalten',
  },
  column: { file: 'Datei', type: 'Art', by: 'Von', state: 'Status', progress: 'Fortschritt', created: 'Erstellt' },
  nobody: 'Ein Programm',
  rowsOf: (done: number, total: number) => `${number(done)} von ${rows(total)}`,
  rows,
  users,
  progressOf: (file: string) => `Fortschritt von „${file}“`,
  loading: 'Jobs werden geladen',
  pages: 'Seiten',
  newer: 'Neuere Jobs',
  older: 'Ältere Jobs',
  newest: 'Zu den neuesten',
  empty: {
    none: 'Noch keine Jobs',
    noneHint:
      'Einen Export startest du auf der Seite „Benutzer“. Importe starten Programme: Den Aufruf zeigt der API-Explorer. Beides erscheint dann hier mit seinem Fortschritt.',
    users: 'Zu den Benutzern',
    importCall: 'So geht der Import',
    nothing: 'Kein passender Job',
    nothingHint: 'Von dieser Art gibt es hier nichts.',
    clear: 'Alle Jobs zeigen',
    failed: 'Die Jobs konnten nicht geladen werden',
    forbidden: 'Deine Rolle umfasst keine Importe und Exporte. Bitte einen Administrator darum.',
  },
  refused: {
    title: 'Abgelehnte Zeilen',
    first: (shown: number, total: number) => `Die ersten ${shown} von ${number(total)}.`,
    all: (total: number) =>
      total === 1 ? 'Eine Zeile wurde nicht übernommen.' : `Diese ${number(total)} wurden nicht übernommen.`,
    hint: 'In der Datei steht der Grund jeweils in der letzten Spalte: Korrigiere die Zeilen und lade sie erneut hoch.',
    download: 'Abgelehnte Zeilen herunterladen',
    column: { row: 'Zeile', user: 'Benutzer-ID', code: 'Code', reason: 'Fehler' },
  },
  page: {
    back: 'Alle Jobs',
    about: 'Angaben zum Job',
    size: 'Größe',
    created: 'Erstellt',
    finished: 'Beendet',
    expires: 'Datei wird gelöscht',
    handled: 'Verarbeitet',
    applied: 'Übernommen',
    refused: 'Abgelehnt',
    outcome: {
      import: {
        waiting: () => 'Die Datei ist noch nicht an der Reihe.',
        running: () => 'Die Zeilen der Datei werden übernommen.',
        done: (done: number) => `Jede Zeile wurde übernommen, insgesamt ${number(done)}.`,
        partial: (done: number, failed: number) => `${rows(done - failed)} übernommen, ${number(failed)} abgelehnt.`,
        failed: (done: number) => (done === 0 ? 'Nichts wurde übernommen.' : `Nichts wurde übernommen, ${rows(done)} abgelehnt.`),
        cancelled: (done: number) => `Nach ${rows(done)} angehalten. Was bis dahin übernommen wurde, bleibt.`,
      },
      export: {
        waiting: () => 'Die Datei wird gleich geschrieben.',
        running: () => 'Die Datei wird geschrieben.',
        done: (done: number) => `${users(done)} in der Datei.`,
        partial: () => '',
        failed: () => 'Es wurde keine Datei geschrieben.',
        cancelled: () => 'Der Export wurde angehalten, es gibt keine Datei.',
      },
    },
    why: 'Woran es lag',
    retried: 'Es wird erneut versucht',
    downloads: 'Dateien',
    file: 'Datei herunterladen',
    original: 'Originaldatei herunterladen',
    log: 'Protokoll herunterladen',
    swept: 'Die Datei wird nicht mehr aufbewahrt.',
    stop: {
      import: {
        button: 'Import anhalten',
        title: 'Diesen Import anhalten?',
        effect: 'Was übernommen wurde, bleibt; der Rest der Datei entfällt.',
        done: 'Der Import wurde angehalten',
      },
      export: {
        button: 'Export anhalten',
        title: 'Diesen Export anhalten?',
        effect: 'Es gibt dann keine Datei, und niemand bekommt eine Mail.',
        done: 'Der Export wurde angehalten',
      },
    },
    keepOn: 'Weiterlaufen lassen',
    close: 'Schließen',
  },
}
