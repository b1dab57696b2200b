using System.Text;
using Billing.Texts;

namespace Billing.Values;

/// <summary>The words with which banks say whether a transaction is pending or posted, and the headers of such columns. Only proposals use them: a layout states its own.</summary>
internal static class StatusWords
{
    private static readonly HashSet<string> s_headers = new(
    [
        "status", "state", "transactionstatus", "transactionstate", "txnstatus", "trxstatus", "bookingstatus", "postingstatus", "paymentstatus", "entrystatus", "sts", "pending", "ispending", "posted", "cleared", "settled", "settlementstatus",
        "buchungsstatus", "umsatzstatus", "zahlungsstatus", "zustand", "vorgemerkt", "statut", "étatdelopération", "état", "etat", "statutdelopération", "estado", "estadodelmovimiento", "estadodelaoperación", "stato", "statooperazione", "statomovimento", "situação", "situacao", "estadodomovimento",
        "statusvandetransactie", "transactiestatus", "statustransakcji", "stan", "stav", "stavtransakce", "tila", "tilanne", "állapot", "státusz", "stare", "durum", "işlemdurumu", "κατάσταση", "статус", "состояние", "стан", "状态", "交易状态", "狀態", "ステータス", "状態", "상태",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> s_pending = new(
    [
        "pending", "pdng", "pend", "authorised", "authorized", "authorisation", "authorization", "auth", "hold", "on hold", "held", "reserved", "preauthorised", "preauthorized", "pre-authorised", "pre-authorized", "preauth", "uncleared", "unposted", "not posted", "processing", "in progress", "info", "open",
        "vorgemerkt", "vorgemerkter umsatz", "vormerkung", "in bearbeitung", "offen", "ausstehend", "reserviert", "nicht gebucht", "autorisiert",
        "en attente", "en cours", "à venir", "autorisé", "autorisée", "en cours de traitement", "réservé", "préautorisation",
        "pendiente", "pendientes", "en proceso", "autorizado", "autorizada", "retenido", "retenida", "retención",
        "in sospeso", "in attesa", "in elaborazione", "autorizzato", "autorizzata", "non contabilizzato", "da contabilizzare", "prenotato",
        "pendente", "em processamento", "por liquidar", "cativo", "a processar",
        "in behandeling", "gereserveerd", "openstaand", "reservering",
        "oczekująca", "oczekujące", "oczekujący", "w toku", "blokada", "zablokowane", "autoryzacja", "nierozliczona", "nierozliczone",
        "čekající", "čeká na zpracování", "blokace", "nezaúčtováno", "čakajúca", "rezervácia", "függő", "függőben", "foglalás", "zárolt", "în așteptare", "in asteptare",
        "väntar", "reserverad", "reserverat", "preliminär", "reservert", "venter", "afventer", "reserveret", "varaus", "katevaraus", "odottaa", "beklemede", "provizyon", "bekliyor",
        "в обработке", "ожидание", "ожидает", "холд", "заморожено", "в обробці", "очікує", "εκκρεμεί", "σε εκκρεμότητα", "δέσμευση",
        "待处理", "处理中", "未入账", "待入账", "預授權", "处理中的交易", "保留中", "処理中", "未確定", "仮売上", "대기", "처리중", "미매입",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> s_posted = new(
    [
        "posted", "book", "booked", "cleared", "completed", "complete", "settled", "processed", "executed", "final", "finalised", "finalized", "reconciled", "paid", "done", "success", "successful", "succeeded", "captured",
        "gebucht", "verbucht", "ausgeführt", "abgeschlossen", "erledigt", "valutiert", "wertgestellt",
        "comptabilisé", "comptabilisée", "exécuté", "exécutée", "terminé", "terminée", "effectué", "effectuée", "passé", "débité",
        "contabilizado", "contabilizada", "completado", "completada", "liquidado", "liquidada", "ejecutado", "ejecutada", "realizado", "realizada",
        "contabilizzato", "contabilizzata", "completato", "completata", "eseguito", "eseguita", "regolato",
        "concluído", "concluída", "processado", "efetuado", "lançado", "geboekt", "verwerkt", "voltooid", "uitgevoerd",
        "zaksięgowana", "zaksięgowane", "zaksięgowano", "rozliczona", "rozliczone", "zrealizowana", "wykonana", "zaúčtováno", "zaúčtovaná", "provedeno", "zrealizováno", "könyvelt", "teljesült", "elszámolt", "finalizat", "finalizată", "procesat", "decontat",
        "bokförd", "bokfört", "genomförd", "bokført", "gjennomført", "bogført", "gennemført", "kirjattu", "toteutunut", "tamamlandı", "gerçekleşti",
        "исполнено", "проведено", "завершено", "обработано", "виконано", "ολοκληρώθηκε", "εκτελέστηκε", "已入账", "已完成", "成功", "完了", "確定", "완료", "매입",
    ], StringComparer.Ordinal);

    /// <summary>Whether a header is known for the status of transactions.</summary>
    public static bool IsHeader(string name) => s_headers.Contains(PlainName.Of(name));

    /// <summary>Whether a value is known to mean pending.</summary>
    public static bool IsPending(ReadOnlySpan<byte> value) => Has(s_pending, value);

    /// <summary>Whether a value is known to mean posted.</summary>
    public static bool IsPosted(ReadOnlySpan<byte> value) => Has(s_posted, value);

    /// <summary>Returns a word as it is compared: composed, in lower case, without blanks around it.</summary>
    public static string Plain(string word) => NormalForm.Compose(word.Trim()).ToLowerInvariant();

    private static bool Has(HashSet<string> words, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(value);
        return text.Length is > 0 and <= 64 && words.Contains(Plain(Encoding.UTF8.GetString(text)));
    }
}
