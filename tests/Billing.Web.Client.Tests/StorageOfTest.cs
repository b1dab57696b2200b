using Bunit;

namespace Billing.Web.Client.Tests;

/// <summary>The storage of the browser and the drafts of a tab, in memory, as a test fills them and finds them.</summary>
internal sealed class StorageOfTest
{
    private readonly Dictionary<string, string> _texts = [];

    public StorageOfTest(BunitJSModuleInterop module)
    {
        SetReading(module, "read");
        SetReading(module, "readDraft");
        SetReading(module, "readHere");
        JSRuntimeInvocationHandler<string[]?>? readAll = null;
        readAll = module.Setup<string[]?>("readAll", call =>
        {
            readAll!.SetResult([.. _texts.Where(text => text.Key.StartsWith((string)call.Arguments[0]!, StringComparison.Ordinal)).Select(text => text.Value)]);
            return true;
        });
        SetWriting(module, "write");
        SetWriting(module, "keepDraft");
        SetWriting(module, "writeHere");
    }

    /// <summary>Whether it keeps nothing more.</summary>
    public bool IsFull { get; set; }

    /// <summary>Puts a text there; null takes it out.</summary>
    public void Put(string key, string? text)
    {
        if (text is null)
        {
            _texts.Remove(key);
        }
        else
        {
            _texts[key] = text;
        }
    }

    /// <summary>What is kept under a key; null for nothing.</summary>
    public string? Written(string key) => _texts.GetValueOrDefault(key);

    private void SetReading(BunitJSModuleInterop module, string function)
    {
        JSRuntimeInvocationHandler<string?>? read = null;
        read = module.Setup<string?>(function, call =>
        {
            read!.SetResult(Written((string)call.Arguments[0]!));
            return true;
        });
    }

    private void SetWriting(BunitJSModuleInterop module, string function)
    {
        JSRuntimeInvocationHandler<bool>? write = null;
        write = module.Setup<bool>(function, call =>
        {
            if (!IsFull)
            {
                Put((string)call.Arguments[0]!, (string?)call.Arguments[1]);
            }

            write!.SetResult(!IsFull);
            return true;
        });
    }
}
