using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Blog.Content.Components;

/// <summary>A component that editors made: a Liquid template in <c>components/&lt;Name&gt;.liquid</c>. It sees its attributes and children and nothing else; its output is escaped, bounded, and cleaned like any raw HTML.</summary>
public sealed class LiquidComponent : Component
{
    internal const int MaxOutput = 200_000;

    private const int MaxTemplate = 100_000;

    private static readonly FluidParser Parser = new(new FluidParserOptions { AllowFunctions = false });

    // An article that uses templates thousands of times gets fewer steps for each.
    private static readonly (int Uses, TemplateOptions Options)[] Allowances = [(50, LiquidLimits.Options(20_000)), (500, LiquidLimits.Options(2_000)), (int.MaxValue, LiquidLimits.Options(200))];

    private readonly IFluidTemplate _template;
    private readonly string _path;

    private LiquidComponent(string name, string path, IFluidTemplate template) => (Name, _path, _template) = (name, path, template);

    public override string Name { get; }

    public override ComponentNature Nature => ComponentNature.Either;

    public override IReadOnlyList<string>? Attributes => null;

    /// <summary>The component in a template file; null, with the problem reported, when its name or text can't be one.</summary>
    public static LiquidComponent? Read(SourceFile file, ProblemList problems)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        if (name.Length == 0 || !char.IsAsciiLetterUpper(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
        {
            problems.Error(1, 1, "bad-component-name", $"“{name}” can't be a component: names start with a capital and hold letters and digits only.", "Rename the file, for example to Pricing.liquid.");
            return null;
        }

        if (file.Text.Length > MaxTemplate)
        {
            problems.Error(1, 1, "bad-template", $"The template has {file.Text.Length} characters; at most {MaxTemplate} are read.", "Make it shorter.");
            return null;
        }

        if (Parser.TryParse(file.Text, out var template, out var error)) return new LiquidComponent(name, file.Path, LiquidLimits.Bound(template));
        problems.Error(LineIn(error), 1, "bad-template", $"The template can't be read: {error}", "Mend the Liquid syntax; until then the component shows only its children.");
        return null;
    }

    public override void Write(ComponentUse use)
    {
        var used = use.CountTemplate();
        var context = new TemplateContext(Allowances.First(allowance => used <= allowance.Uses).Options);
        foreach (var attribute in use.Tag.Attributes.Reverse())
            context.SetValue(attribute.Name, attribute.Value is "" ? BooleanValue.True : attribute.Value is null ? NilValue.Instance : StringValue.Create(attribute.Value));
        var children = use.IsInline ? Inline(use) : use.ChildHtml();
        context.SetValue("children", new StringValue(children, false));
        try
        {
            using var output = new BoundedWriter(MaxOutput);
            _template.RenderAsync(output, HtmlEncoder.Default, context).AsTask().GetAwaiter().GetResult();
            var html = output.ToString().Trim();
            use.Html(use.IsInline ? html : html + "\n");
        }
        catch (Exception e)
        {
            use.Warn("template-failed", $"{_path} could not be rendered: {e.Message}", "Only the children are shown. Check the template for endless loops and unknown filters.");
            use.Html(children);
        }
    }

    private static string Inline(ComponentUse use) => use.HasChildren ? use.ChildHtml() : "";

    private static int LineIn(string error) =>
        System.Text.RegularExpressions.Regex.Match(error, @"\((\d+):\d+\)") is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private sealed class BoundedWriter(int limit) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Check(buffer.Length);
            base.Write(buffer);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > limit) throw new InvalidOperationException($"it wrote more than {limit} characters");
        }
    }
}
