using System.Collections.Frozen;
using Billing.Texts;

namespace Billing.Layouts;

/// <summary>
/// The header names that the roles are known by, in English, German, Spanish, French, Italian, Dutch and Portuguese, and in the cloud bills of FOCUS and AWS.
/// A name is compared by its letters and digits alone, in any case. Each has a rank: 0 is the role's own name, and a lower rank wins over a higher one.
/// </summary>
internal static class HeaderSynonyms
{
    /// <summary>The rank from which an instant is looked for only if there is no date: such columns often have no offset.</summary>
    public const int WeakInstant = 2;

    /// <summary>What is added to the rank of a nested name.</summary>
    public const int NestedRank = 4;

    private static readonly FrozenDictionary<string, HeaderSynonym> Table = Create();

    /// <summary>Finds what a header name stands for, if it is known.</summary>
    public static bool TryFind(string name, out HeaderSynonym synonym) =>
        Table.TryGetValue(PlainName.Of(name), out synonym)
        || (Table.TryGetValue(PlainName.Of(HeaderCurrency.Without(name)), out synonym) && synonym.Role is ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit);

    /// <summary>Whether a header name says that its instants are UTC: <c>transaction_timestamp_utc</c>.</summary>
    public static bool SaysUtc(string name) => PlainName.Of(name).EndsWith("utc", StringComparison.Ordinal);

    private static FrozenDictionary<string, HeaderSynonym> Create()
    {
        Dictionary<string, HeaderSynonym> table = new(StringComparer.Ordinal);

        Add(ColumnRole.Date, 0, "date");
        Add(ColumnRole.Date, 1, "billdate billingdate invoicedate transactiondate txndate trandate paymentdate expensedate purchasedate receiptdate chargedate orderdate bookingdate documentdate operationdate");
        Add(ColumnRole.Date, 1, "chargeperiodstart lineitemusagestartdate usagestartdate usagedate");
        Add(ColumnRole.Date, 1, "datum buchungstag buchungsdatum belegdatum rechnungsdatum fecha fechafactura fechaoperacion fechacontable datefacture dateoperation datedelopération datacontabile dataoperazione factuurdatum boekingsdatum datalançamento");
        Add(ColumnRole.Date, 2, "posted postdate posteddate postingdate valuedate effectivedate settlementdate valutadatum wertstellung wertstellungsdatum fechavalor datevaleur datavaluta rentedatum servicedate");

        Add(ColumnRole.Instant, 0, "instant");
        Add(ColumnRole.Instant, 1, "timestamp timestamputc transactiontimestamp transactiontimestamputc eventtimestamp eventtimestamputc paymenttimestamp paymenttimestamputc");
        Add(ColumnRole.Instant, WeakInstant, "datetime datetimeutc transactiondatetime transactiondatetimeutc transactiontime transactiontimeutc eventtime eventtimeutc occurredat occurredatutc createdat createdatutc created createdutc paidat paidatutc zeitstempel horodatage");

        Add(ColumnRole.Amount, 0, "amount");
        Add(ColumnRole.Amount, 1, "total billamount billedamount invoiceamount transactionamount txnamount tranamount paymentamount chargeamount expenseamount lineamount totalamount grandtotal invoicetotal amounttotal");
        Add(ColumnRole.Amount, 1, "billedcost lineitemunblendedcost unblendedcost");
        Add(ColumnRole.Amount, 1, "betrag gesamtbetrag rechnungsbetrag umsatz importe importetotal monto montototal montant montanttotal montantttc importo importototale bedrag valor valortotal belopp beløb kwota");
        Add(ColumnRole.Amount, 2, "grossamount netamount amountdue bruttobetrag nettobetrag");
        Add(ColumnRole.Amount, 3, "cost effectivecost listcost contractedcost totalcost value sum summe");

        Add(ColumnRole.Debit, 0, "debit");
        Add(ColumnRole.Debit, 1, "debitamount debits withdrawal withdrawals withdrawalamount paidout moneyout outflow soll sollbetrag belastung lastschrift débit cargo cargos débito debito addebiti addebito uscite dare");
        Add(ColumnRole.Credit, 0, "credit");
        Add(ColumnRole.Credit, 1, "creditamount credits deposit deposits depositamount paidin moneyin inflow haben habenbetrag gutschrift crédit abono abonos crédito credito accrediti accredito entrate avere");

        Add(ColumnRole.Currency, 0, "currency");
        Add(ColumnRole.Currency, 1, "currencycode isocurrency isocurrencycode currencyiso billingcurrency billcurrency invoicecurrency transactioncurrency paymentcurrency amountcurrency lineitemcurrencycode ccy curr");
        Add(ColumnRole.Currency, 1, "währung waehrung wahrung währungscode waehrungscode moneda divisa devise monnaie valuta munt moeda waluta");
        Add(ColumnRole.Currency, 2, "accountcurrency kontowährung kontowaehrung");

        Add(ColumnRole.Id, 0, "id");
        Add(ColumnRole.Id, 1, "transactionid txnid tranid paymentid expenseid recordid chargeid lineitemid receiptid billid entryid bookingid identitylineitemid uuid guid transaktionsid transaktionsnummer idtransaccion idtransaction");
        Add(ColumnRole.Id, 2, "invoiceid invoiceno invoicenumber invoicenr documentid documentno documentnumber orderid orderno ordernumber belegnummer belegnr rechnungsnummer rechnungsnr numerofactura numérofacture factuurnummer");
        Add(ColumnRole.Id, 3, "reference referenceid referenceno referencenumber ref referenz referencia référence riferimento referentie");

        Add(ColumnRole.Party, 0, "party");
        Add(ColumnRole.Party, 1, "companyname company merchant merchantname vendor vendorname supplier suppliername payee payeename counterparty counterpartyname beneficiary beneficiaryname provider providername");
        Add(ColumnRole.Party, 1, "auftraggeber auftraggeberempfänger auftraggeberempfaenger auftraggeberbegünstigter auftraggeberbeguenstigter begünstigter beguenstigter begünstigterzahlungspflichtiger beguenstigterzahlungspflichtiger empfänger empfaenger zahlungsempfänger zahlungsbeteiligter namezahlungsbeteiligter gegenpartei lieferant firma");
        Add(ColumnRole.Party, 1, "proveedor comercio beneficiario empresa fournisseur bénéficiaire marchand fornitore leverancier tegenpartij naamtegenpartij fornecedor");
        Add(ColumnRole.Party, 2, "merchantid vendorid supplierid companyid payeeid counterpartyid customer customername client clientname kunde cliente");
        Add(ColumnRole.Party, 3, "name");

        Add(ColumnRole.Account, 0, "account");
        Add(ColumnRole.Account, 1, "accountid accountnumber accountno accountnr userid billingaccountid billingaccount lineitemusageaccountid konto kontonummer auftragskonto cuenta numerocuenta compte numérocompte numérodecompte conto rekening rekeningnummer conta");
        Add(ColumnRole.Account, 2, "accountname billingaccountname iban user username payer payerid payername customerid clientid employee employeeid employeename cardnumber cardno card cardholder cardholdername kundennummer");

        Add(ColumnRole.Description, 0, "description");
        Add(ColumnRole.Description, 1, "memo narrative particulars purpose chargedescription transactiondescription paymentdescription lineitemdescription lineitemlineitemdescription verwendungszweck beschreibung buchungstext concepto descripcion descripción libelle libellé descrizione causale omschrijving mededelingen descrição");
        Add(ColumnRole.Description, 2, "item itemname itemdescription product productname artikel bezeichnung artículo");
        Add(ColumnRole.Description, 3, "details detail transactiondetails paymentdetails note notes text comment comments reason");
        return table.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(ColumnRole role, int rank, string names)
        {
            foreach (string name in names.Split(' '))
            {
                table.Add(name, new HeaderSynonym(role, rank));
            }
        }
    }
}
