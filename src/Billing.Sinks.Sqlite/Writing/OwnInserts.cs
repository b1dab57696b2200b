namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Keeps our triggers from checking our own inserts. They check those of all other programs (EditSchema); for ours, whose keys were looked up,
/// they would double the work. If somebody has added triggers of their own, all fire, and ours are told to check nothing.
/// </summary>
internal sealed class OwnInserts : IDisposable
{
    private readonly SqliteSession _session;
    private readonly SqliteStatement _others;
    private readonly SqliteStatement _trust;
    private readonly SqliteStatement _distrust;
    private bool _isBegun;
    private bool _isTold;

    public OwnInserts(SqliteSession session)
    {
        _session = session;
        _others = session.Prepare(EditSchema.OtherTriggers);
        _trust = session.Prepare("UPDATE record_order SET writing = 1");
        _distrust = session.Prepare("UPDATE record_order SET writing = 0");
    }

    /// <summary>Begins, unless that was done since <see cref="End"/>.</summary>
    public void Begin()
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        _isTold = OthersAreThere();
        if (_isTold)
        {
            _trust.Run();
        }
        else
        {
            _session.TriggersFire = false;
        }
    }

    /// <summary>Tells the triggers that the inserts are done. After an exception the rollback does.</summary>
    public void Complete()
    {
        if (_isBegun && _isTold)
        {
            _distrust.Run();
        }
    }

    /// <summary>Lets triggers fire again, whatever happened.</summary>
    public void End()
    {
        if (_isBegun && !_isTold)
        {
            _session.TriggersFire = true;
        }

        _isBegun = false;
    }

    public void Dispose()
    {
        _others.Dispose();
        _trust.Dispose();
        _distrust.Dispose();
    }

    private bool OthersAreThere()
    {
        try
        {
            return _others.Step();
        }
        finally
        {
            _others.Reset();
        }
    }
}
