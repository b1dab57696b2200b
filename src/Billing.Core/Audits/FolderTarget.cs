namespace Billing.Audits;

/// <summary>A folder.</summary>
internal sealed class FolderTarget(string folder) : IBundleTarget
{
    public Stream Open(string name)
    {
        string path = Path.Combine([folder, .. name.Split('/')]);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public void Dispose()
    {
        // Each file is closed by who opened it.
    }
}
