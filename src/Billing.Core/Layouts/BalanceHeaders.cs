using System.Collections.Frozen;
using Billing.Texts;

namespace Billing.Layouts;

/// <summary>
/// The header names of running balances: what an account holds after each row. A bank that inserts a late booking changes those of all rows after it,
/// so they are not part of what a row says. Names are compared as in <see cref="HeaderSynonyms"/>.
/// </summary>
internal static class BalanceHeaders
{
    private static readonly FrozenSet<string> s_names = string.Join(
        ' ',
        "balance runningbalance accountbalance currentbalance availablebalance ledgerbalance closingbalance endingbalance newbalance bookbalance balanceafter balanceaftertransaction balanceamount runningtotal cumulativebalance cashbalance",
        "saldo kontostand kontosaldo saldonachbuchung saldonachtransaktion neuersaldo laufendersaldo verfügbarersaldo buchsaldo saldokonto kontostandnachbuchung",
        "saldonamutatie saldonatransactie saldonaboeking saldonatrn nieuwsaldo",
        "solde soldecourant soldeaprès soldeaprèsopération soldeapresoperation nouveausolde soldecomptable soldedisponible soldeducompte",
        "saldocontable saldodisponible saldofinal saldoactual saldoposterior saldocuenta saldotrasoperación nuevosaldo",
        "saldocontabile saldoprogressivo saldoconto saldofinale saldodopo nuovosaldo",
        "saldoapós saldoapósmovimento saldocontabilístico saldodisponível saldodaconta saldoparcial",
        "saldopooperacji saldopotransakcji saldokońcowe saldokonta zůstatek zůstatekpotransakci zostatok egyenleg könyvelteegyenleg bakiye",
        "bokförtsaldo saldoefter saldoeftertransaktion saldoetter saldojälkeen saldoeftirfærslu soldcont soldfinal stanje stanjeračuna",
        "баланс остаток остатокпосле залишок υπόλοιπο 余额 账户余额 餘額 残高 差引残高 잔액 잔고").Split(' ').Select(PlainName.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a header name is known for running balances, with or without a currency: <c>Balance (EUR)</c>.</summary>
    public static bool Knows(string name) => s_names.Contains(PlainName.Of(name)) || s_names.Contains(PlainName.Of(HeaderCurrency.Without(name)));
}
