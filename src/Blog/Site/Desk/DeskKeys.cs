using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Blog.Site.Desk;

/// <summary>Where the keys lie that seal the desk's cookies: in the data folder, so that a login survives a restart; in memory where that can't be written or there is no desk.</summary>
internal sealed class DeskKeys(IOptions<BlogOptions> options, DeskDoor door, ILoggerFactory logs) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions keys) => keys.XmlRepository = door.IsThere && Folder() is { } folder ? new FileSystemXmlRepository(folder, logs) : new MemoryKeys();

    private DirectoryInfo? Folder()
    {
        try
        {
            var path = Path.Combine(Path.GetFullPath(options.Value.DataPath), "keys");
            Directory.CreateDirectory(options.Value.DataPath);
            var folder = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(path, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The catalogue, which has the same need, says so in the log.
            return null;
        }
    }

    private sealed class MemoryKeys : IXmlRepository
    {
        private readonly List<XElement> _keys = [];

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            lock (_keys) return _keys.Select(key => new XElement(key)).ToList();
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            lock (_keys) _keys.Add(new XElement(element));
        }
    }
}
