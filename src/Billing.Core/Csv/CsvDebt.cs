namespace Billing.Csv;

/// <summary>
/// The cost of looking at later lines to decide about an earlier one; the bytes read since pay it back.
/// With too much debt, reading goes line by line, so that no input makes the cost quadratic.
/// </summary>
internal struct CsvDebt(int maxRecordBytes)
{
    private const int PaidPerByte = 4;
    private const int DebtInRecords = 8;

    private long _owed;
    private long _byLineUntil;

    /// <summary>Whether a row at an offset is judged by its own line.</summary>
    public readonly bool IsByLine(long offset) => offset < _byLineUntil;

    /// <summary>Adds the bytes scanned from an offset.</summary>
    public void Owe(long offset, int scanned)
    {
        _owed += scanned;
        if (_owed > (long)DebtInRecords * maxRecordBytes)
        {
            _byLineUntil = Math.Max(_byLineUntil, offset + scanned);
        }
    }

    /// <summary>Pays back with the bytes of a row.</summary>
    public void Pay(int length) => _owed = Math.Max(0, _owed - ((long)PaidPerByte * length));

    public void Forgive() => _owed = 0;
}
