namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A ledger that a simulation opens, closes, and lets other programs work on.</summary>
internal interface ILedger : IAsyncDisposable
{
    /// <summary>A connection. Equal places give the same one until the ledger is restarted.</summary>
    IMigratableStore Open(int place = 0);

    /// <summary>Closes all connections. What is opened next is the copy that was made last, if there is one.</summary>
    ValueTask RestartAsync();

    /// <summary>Copies the files as a machine that stops now would leave them.</summary>
    /// <param name="torn">Where the write-ahead log ends, in thousandths of what was written since <see cref="NoteLog"/>.</param>
    void Copy(int torn = 1000);

    /// <summary>Notes the length of the write-ahead log.</summary>
    void NoteLog();

    /// <summary>Another program holds the store for a moment.</summary>
    void Occupy();

    /// <summary>Another program removes a record. Returns false where none can.</summary>
    bool Remove(RecordKey key);

    /// <summary>Another program changes the amount of a record. Returns false where none can.</summary>
    bool SetAmount(RecordKey key, string amount);

    /// <summary>What the engine itself finds wrong with the files, or null.</summary>
    string? FindDamage();
}
