namespace Billing.Csv;

/// <summary>
/// What the work on later lines that decided about an earlier one has cost; it is paid back by the bytes read since.
/// Who owes too much reads line by line: no input makes the cost grow with the square.
/// </summary>
internal struct CsvDebt(int maxRecordBytes)
{
    private const int PaidPerByte = 4;
    private const int DebtInRecords = 8;

    private long _owed;
    private long _byLineUntil;

    /// <summary>Whether a row at an offset is to be judged by its own line.</summary>
    public readonly bool IsByLine(long offset) => offset < _byLineUntil;

    /// <summary>Adds what a look from an offset has scanned.</summary>
    public void Owe(long offset, int scanned)
    {
        _owed += scanned;
        if (_owed > (long)DebtInRecords * maxRecordBytes)
        {
            _byLineUntil = Math.Max(_byLineUntil, offset + scanned);
        }
    }

    /// <summary>Pays by the bytes of a row.</summary>
    public void Pay(int length) => _owed = Math.Max(0, _owed - ((long)PaidPerByte * length));

    public void Forgive() => _owed = 0;
}
